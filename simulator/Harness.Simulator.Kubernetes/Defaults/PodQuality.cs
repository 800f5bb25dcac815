using Google.Protobuf.Collections;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>A pod's quality of service class, from what its containers request and are limited to. Pure.</summary>
internal static class PodQuality
{
    private static readonly string[] Counted = ["cpu", "memory"];

    public static string Of(PodSpec spec)
    {
        var containers = spec.InitContainers.Concat(spec.Containers).Select(container => container.Resources ?? new ResourceRequirements()).ToList();
        if (containers.All(resources => !Names(resources.Requests).Any() && !Names(resources.Limits).Any()))
        {
            return "BestEffort";
        }

        return containers.All(IsGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static bool IsGuaranteed(ResourceRequirements resources) =>
        Counted.All(name => resources.Limits.TryGetValue(name, out var limit)
            && (!resources.Requests.TryGetValue(name, out var request) || request.String == limit.String));

    private static IEnumerable<string> Names(MapField<string, Quantity> amounts) =>
        amounts.Where(amount => Counted.Contains(amount.Key) && amount.Value.String is not ("" or "0")).Select(amount => amount.Key);
}
