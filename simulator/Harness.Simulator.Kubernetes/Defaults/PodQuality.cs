using Google.Protobuf.Collections;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>
/// A pod's quality of service class, from what it requests and is limited to as a whole, or else its containers. Pure.
/// </summary>
internal static class PodQuality
{
    private static readonly string[] Counted = ["cpu", "memory"];

    public static string Of(PodSpec spec)
    {
        List<ResourceRequirements> parts = spec.Resources is { } whole && (IsAny(whole.Requests) || IsAny(whole.Limits))
            ? [whole]
            : [.. spec.InitContainers.Concat(spec.Containers).Select(container => container.Resources ?? new ResourceRequirements())];
        if (parts.TrueForAll(resources => !IsAny(resources.Requests) && !IsAny(resources.Limits)))
        {
            return "BestEffort";
        }

        return parts.TrueForAll(IsGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static bool IsGuaranteed(ResourceRequirements resources) => Counted.All(name =>
        Amount(resources.Limits, name) is { IsZero: false } limit
        && (!resources.Requests.ContainsKey(name) || Amount(resources.Requests, name) == limit));

    private static bool IsAny(MapField<string, Quantity> amounts) => Counted.Any(name => !Amount(amounts, name).IsZero);

    private static ResourceAmount Amount(MapField<string, Quantity> amounts, string name) =>
        amounts.TryGetValue(name, out var quantity) && ResourceAmount.TryParse(quantity.String, out var amount) ? amount : ResourceAmount.Zero;
}
