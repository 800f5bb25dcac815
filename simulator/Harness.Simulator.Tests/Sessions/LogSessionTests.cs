using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>A pod's log through the API server and the provider's kubelet port, with each stock kubectl that is there.</summary>
[Collection(SharedSimulatorTests.Name)]
public sealed class LogSessionTests(SharedSimulator shared)
{
    private const int Lines = 30;

    public static TheoryData<string> Kubectls() => StockKubectl.Found.Count > 0 ? new(StockKubectl.Found) : new("");

    [SkippableTheory]
    [MemberData(nameof(Kubectls))]
    public async Task Logs_Followed_ComeWholeAndEndWithTheContainer(string program)
    {
        Skip.If(program.Length == 0, "No kubectl: run scripts/setup-peers kubectl");
        var pods = shared.Simulator.Pods;
        var kubectl = shared.Simulator.Kubectl(program);
        await pods.CreateAsync("talks", pod =>
        {
            pod.Spec.RestartPolicy = "Never";
            pod.Spec.Containers[0].Command.Clear();
            pod.Spec.Containers[0].Command.Add(["/bin/sh", "-c", $"i=0; while [ $i -lt {Lines} ]; do i=$((i+1)); echo line $i; sleep 0.2; done"]);
        });
        await pods.UntilAsync("talks", pod => pod.Status?.ContainerStatuses.FirstOrDefault()?.State is { } state && state.Waiting is null);

        var followed = (await kubectl.RunAsync("logs", "-f", "talks")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Enumerable.Range(1, Lines).Select(number => $"line {number}"), followed);
        await pods.UntilAsync("talks", pod => pod.Status.Phase == "Succeeded");
        Assert.Equal($"line {Lines}", (await kubectl.RunAsync("logs", "talks", "--tail=1")).Trim());
        Assert.Contains("not found", (await kubectl.TryAsync("logs", "nobody")).Errors, StringComparison.Ordinal);
        await pods.DeleteAllAsync();
    }
}
