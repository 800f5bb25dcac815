using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Controllers;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class PodRankingTests
{
    [Fact]
    public void DeletionOrder_Pods_BeginsWithWhatCostsLeast()
    {
        Pod[] pods =
        [
            Ready("steady", since: 10), Ready("restarted", since: 10, restarts: 2), Ready("lately-ready", since: 50), Ready("cheap", since: 10, cost: "-5"),
            Ready("dear", since: 90, cost: "5"), Running("running"), Samples.Pod("bound", "n"), Samples.Pod("unbound"),
        ];
        Assert.Equal(
            ["unbound", "bound", "running", "cheap", "lately-ready", "restarted", "steady", "dear"],
            PodRanking.DeletionOrder(pods).Select(pod => pod.Metadata.Name));
    }

    [Fact]
    public void DeletionOrder_AllElseEqual_TakesTheYoungest()
    {
        var old = Samples.Pod("a");
        old.Metadata.CreationTimestamp = new Time { Seconds = 1 };
        var young = Samples.Pod("b");
        young.Metadata.CreationTimestamp = new Time { Seconds = 2 };
        Assert.Equal(["b", "a"], PodRanking.DeletionOrder([old, young]).Select(pod => pod.Metadata.Name));
    }

    private static Pod Running(string name)
    {
        var pod = Samples.Pod(name, "n");
        pod.Status = new PodStatus { Phase = "Running" };
        return pod;
    }

    private static Pod Ready(string name, int since, int restarts = 0, string cost = "")
    {
        var pod = Running(name);
        Samples.MakeReady(pod, new Time { Seconds = since });
        pod.Status.ContainerStatuses.Add(new ContainerStatus { RestartCount = restarts });
        if (cost.Length > 0)
        {
            pod.Metadata.Annotations["controller.kubernetes.io/pod-deletion-cost"] = cost;
        }

        return pod;
    }
}
