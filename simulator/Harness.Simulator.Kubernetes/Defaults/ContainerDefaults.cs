using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>What the API server fills into a container. Pure.</summary>
internal static class ContainerDefaults
{
    public static void Apply(Container container)
    {
        container.Resources ??= new ResourceRequirements();
        ResourceAmounts.RoundUp(container.Resources);
        container.ImagePullPolicy = OrDefault(container.ImagePullPolicy, PullPolicy(container.Image));
        container.TerminationMessagePath = OrDefault(container.TerminationMessagePath, "/dev/termination-log");
        container.TerminationMessagePolicy = OrDefault(container.TerminationMessagePolicy, "File");
        foreach (var port in container.Ports)
        {
            port.Protocol = OrDefault(port.Protocol, "TCP");
        }

        foreach (var source in container.Env.Select(variable => variable.ValueFrom).OfType<EnvVarSource>())
        {
            Apply(source);
        }

        Apply(container.LivenessProbe);
        Apply(container.ReadinessProbe);
        Apply(container.StartupProbe);
        Apply(container.Lifecycle?.PostStart?.HttpGet);
        Apply(container.Lifecycle?.PreStop?.HttpGet);
    }

    /// <summary>A debug container: it has neither probes nor ports to complete.</summary>
    public static void Apply(EphemeralContainerCommon container)
    {
        container.ImagePullPolicy = OrDefault(container.ImagePullPolicy, PullPolicy(container.Image));
        container.TerminationMessagePath = OrDefault(container.TerminationMessagePath, "/dev/termination-log");
        container.TerminationMessagePolicy = OrDefault(container.TerminationMessagePolicy, "File");
        foreach (var source in container.Env.Select(variable => variable.ValueFrom).OfType<EnvVarSource>())
        {
            Apply(source);
        }
    }

    /// <summary>Always for the tag latest and for an image with neither tag nor digest; IfNotPresent otherwise.</summary>
    private static string PullPolicy(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        if (name.Contains('@', StringComparison.Ordinal))
        {
            return "IfNotPresent";
        }

        var colon = name.LastIndexOf(':');
        return colon < 0 || name[(colon + 1)..] == "latest" ? "Always" : "IfNotPresent";
    }

    private static void Apply(EnvVarSource source)
    {
        if (source.FieldRef is { } field)
        {
            field.ApiVersion = OrDefault(field.ApiVersion, "v1");
        }

        if (source.ResourceFieldRef is { Divisor: null or { HasString: false } } resource)
        {
            resource.Divisor = new Quantity { String = "0" };
        }
    }

    private static void Apply(Probe? probe)
    {
        if (probe is null)
        {
            return;
        }

        probe.TimeoutSeconds = OrDefault(probe.TimeoutSeconds, 1);
        probe.PeriodSeconds = OrDefault(probe.PeriodSeconds, 10);
        probe.SuccessThreshold = OrDefault(probe.SuccessThreshold, 1);
        probe.FailureThreshold = OrDefault(probe.FailureThreshold, 3);
        Apply(probe.Handler?.HttpGet);
        if (probe.Handler?.Grpc is { HasService: false } grpc)
        {
            grpc.Service = "";
        }
    }

    private static void Apply(HTTPGetAction? action)
    {
        if (action is not null)
        {
            action.Path = OrDefault(action.Path, "/");
            action.Scheme = OrDefault(action.Scheme, "HTTP");
        }
    }

    private static string OrDefault(string value, string fallback) => value.Length == 0 ? fallback : value;

    private static int OrDefault(int value, int fallback) => value == 0 ? fallback : value;
}
