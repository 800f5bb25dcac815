using Harness.Kubernetes.Objects.Networking.V1;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>What the API server fills into a network policy. Pure.</summary>
internal static class NetworkPolicyDefaults
{
    public static void Apply(NetworkPolicy policy)
    {
        if (policy.Spec is not { } spec)
        {
            return;
        }

        foreach (var port in spec.Ingress.SelectMany(rule => rule.Ports).Concat(spec.Egress.SelectMany(rule => rule.Ports)))
        {
            port.Protocol = port.Protocol.Length == 0 ? "TCP" : port.Protocol;
        }

        if (spec.PolicyTypes.Count == 0)
        {
            spec.PolicyTypes.Add("Ingress");
            spec.PolicyTypes.Add(spec.Egress.Count > 0 ? ["Egress"] : []);
        }
    }
}
