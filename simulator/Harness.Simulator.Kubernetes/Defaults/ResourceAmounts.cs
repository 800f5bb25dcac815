using Google.Protobuf.Collections;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>Amounts of resources have no finer steps than a thousandth: the API server rounds up to it. Pure.</summary>
internal static class ResourceAmounts
{
    public static void RoundUp(ResourceRequirements resources)
    {
        RoundUp(resources.Limits);
        RoundUp(resources.Requests);
    }

    public static void RoundUp(MapField<string, Quantity> amounts)
    {
        foreach (var (name, quantity) in amounts.ToList())
        {
            if (ResourceAmount.TryParse(quantity.String, out var amount) && amount.RoundUpToMillis() is var rounded && rounded != amount)
            {
                amounts[name] = rounded.ToQuantity();
            }
        }
    }
}
