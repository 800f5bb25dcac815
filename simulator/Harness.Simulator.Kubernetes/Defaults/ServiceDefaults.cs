using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.IntStr;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>What the API server fills into a service; its cluster address is the allocator's. Pure.</summary>
internal static class ServiceDefaults
{
    private const int AffinitySeconds = 10_800;

    public static void Apply(Service service)
    {
        var spec = service.Spec ??= new ServiceSpec();
        service.Status ??= new ServiceStatus();
        service.Status.LoadBalancer ??= new LoadBalancerStatus();
        spec.Type = OrDefault(spec.Type, "ClusterIP");
        spec.SessionAffinity = OrDefault(spec.SessionAffinity, "None");
        if (spec.SessionAffinity == "ClientIP")
        {
            spec.SessionAffinityConfig ??= new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = AffinitySeconds } };
        }

        foreach (var port in spec.Ports)
        {
            port.Protocol = OrDefault(port.Protocol, "TCP");
            if (port.TargetPort is null or { IsString: false, IntVal: 0 } or { IsString: true, StrVal.Length: 0 })
            {
                port.TargetPort = IntOrString.Of(port.Port);
            }
        }

        if (spec.Type == "ExternalName")
        {
            return;
        }

        spec.InternalTrafficPolicy = OrDefault(spec.InternalTrafficPolicy, "Cluster");
        ChooseFamilies(spec);
        if (spec.Type is "NodePort" or "LoadBalancer" || spec.ExternalIPs.Count > 0)
        {
            spec.ExternalTrafficPolicy = OrDefault(spec.ExternalTrafficPolicy, "Cluster");
        }

        if (spec.Type == "LoadBalancer" && !spec.HasAllocateLoadBalancerNodePorts)
        {
            spec.AllocateLoadBalancerNodePorts = true;
        }
    }

    /// <summary>A headless service without a selector may be about anything; every other one has the cluster's one family.</summary>
    private static void ChooseFamilies(ServiceSpec spec)
    {
        var isAnything = spec.ClusterIP == "None" && spec.Selector.Count == 0;
        spec.IpFamilyPolicy = OrDefault(spec.IpFamilyPolicy, isAnything ? "RequireDualStack" : "SingleStack");
        if (spec.IpFamilies.Count == 0)
        {
            spec.IpFamilies.Add("IPv4");
            spec.IpFamilies.Add(spec.IpFamilyPolicy == "RequireDualStack" ? ["IPv6"] : []);
        }
    }

    private static string OrDefault(string value, string fallback) => value.Length == 0 ? fallback : value;
}
