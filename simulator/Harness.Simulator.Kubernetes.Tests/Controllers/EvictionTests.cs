using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Controllers;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class EvictionTests
{
    /// <summary>Tolerations as key:seconds; a key alone tolerates for ever.</summary>
    [Theory]
    [InlineData("", 0, true)]
    [InlineData("other", 0, true)]
    [InlineData("k", 1_000_000, false)]
    [InlineData("k:300", 299, false)]
    [InlineData("k:300", 300, true)]
    [InlineData("k:300,k:10", 10, true)]
    [InlineData("k:300,k", 1_000_000, false)]
    public void IsDue_Tolerations_DecideWhen(string tolerations, int secondsSince, bool expected)
    {
        var pod = new Pod { Spec = new PodSpec() };
        foreach (var parts in tolerations.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(':')))
        {
            var toleration = new Toleration { Key = parts[0], Operator = "Exists", Effect = "NoExecute" };
            if (parts.Length > 1)
            {
                toleration.TolerationSeconds = long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            }

            pod.Spec.Tolerations.Add(toleration);
        }

        var since = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(expected, Eviction.IsDue(pod, new Taint { Key = "k", Effect = "NoExecute" }, since, since.AddSeconds(secondsSince)));
    }
}
