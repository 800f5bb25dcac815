using Google.Protobuf.Collections;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Simulator.Kubernetes.Scheduling;

/// <summary>What a pod asks of a node, or what several do: cpu in thousandths, everything else in whole units. Pure.</summary>
internal sealed class ResourceDemand
{
    public const string Cpu = "cpu";
    public const string Pods = "pods";

    private readonly Dictionary<string, long> _amounts = [];

    public IReadOnlyDictionary<string, long> Amounts => _amounts;

    /// <summary>The sum of the containers' requests, at least the largest init container's, and one pod.</summary>
    public static ResourceDemand Of(PodSpec spec)
    {
        var demand = new ResourceDemand();
        foreach (var container in spec.Containers.Concat(spec.InitContainers.Where(IsSidecar)))
        {
            demand.Add(Of(container));
        }

        foreach (var container in spec.InitContainers.Where(container => !IsSidecar(container)))
        {
            demand.AtLeast(Of(container));
        }

        demand.Add(From(spec.Overhead));
        demand._amounts[Pods] = 1;
        return demand;
    }

    public static ResourceDemand From(MapField<string, Quantity> quantities)
    {
        var demand = new ResourceDemand();
        foreach (var (name, quantity) in quantities)
        {
            demand._amounts[name] = name == Cpu ? quantity.ToAmount().Millis : quantity.ToAmount().Units;
        }

        return demand;
    }

    public void Add(ResourceDemand other)
    {
        foreach (var (name, amount) in other._amounts)
        {
            _amounts[name] = _amounts.GetValueOrDefault(name) + amount;
        }
    }

    private static bool IsSidecar(Container container) => container.RestartPolicy == "Always";

    private static ResourceDemand Of(Container container) => From(container.Resources?.Requests ?? []);

    private void AtLeast(ResourceDemand other)
    {
        foreach (var (name, amount) in other._amounts)
        {
            _amounts[name] = Math.Max(_amounts.GetValueOrDefault(name), amount);
        }
    }
}
