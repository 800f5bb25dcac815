using System.Net;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Services: ports within their range, addresses that are addresses.</summary>
internal sealed class ServiceRules(ServiceAddresses addresses) : MessageRules<Service>
{
    private const int MostPort = 65535;

    protected override void PrepareCreate(Service value)
    {
        value.Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus() };
        ServiceSpec spec = value.Spec ??= new ServiceSpec();
        if (spec.Type == "ExternalName")
        {
            return;
        }

        if (spec.ClusterIP.Length == 0)
        {
            spec.ClusterIP = addresses.Next();
        }

        if (spec.ClusterIPs.Count == 0)
        {
            spec.ClusterIPs.Add(spec.ClusterIP);
        }
    }

    protected override void PrepareUpdate(Service old, Service value)
    {
        if (value.Spec is { ClusterIP.Length: 0, Type: not "ExternalName" } spec && old.Spec is not null)
        {
            spec.ClusterIP = old.Spec.ClusterIP;
            spec.ClusterIPs.Clear();
            spec.ClusterIPs.Add(old.Spec.ClusterIPs);
        }
    }

    protected override IEnumerable<FieldError> ValidateCreate(Service value)
    {
        ServiceSpec spec = value.Spec ?? new ServiceSpec();
        if (spec.ClusterIP is not ("" or "None") && !IPAddress.TryParse(spec.ClusterIP, out _))
        {
            yield return FieldError.InvalidString("spec.clusterIPs[0]", spec.ClusterIP, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            yield break;
        }

        if (spec.Ports.Count == 0 && spec.ClusterIP != "None" && spec.Type != "ExternalName")
        {
            yield return FieldError.Required("spec.ports");
        }

        for (int i = 0; i < spec.Ports.Count; i++)
        {
            if (spec.Ports[i].Port is < 1 or > MostPort)
            {
                yield return FieldError.Invalid($"spec.ports[{i}].port", $"{spec.Ports[i].Port}", "must be between 1 and 65535, inclusive");
            }
        }
    }
}
