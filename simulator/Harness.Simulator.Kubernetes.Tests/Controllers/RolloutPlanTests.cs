using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.IntStr;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Controllers;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class RolloutPlanTests
{
    /// <summary>Sets are given as name:replicas/available, the current one first; the answer names what changes.</summary>
    [Theory]
    [InlineData("scaled up", 5, "25%", "25%", "new:3/3", "new:5")]
    [InlineData("scaled to nothing", 0, "25%", "25%", "new:3/3", "new:0")]
    [InlineData("done", 3, "25%", "25%", "new:3/3 old:0/0", "")]
    [InlineData("grows by the surge first", 4, "25%", "25%", "new:0/0 old:4/4", "new:1")]
    [InlineData("shrinks what it may miss", 4, "25%", "25%", "new:1/0 old:4/4", "old:3")]
    [InlineData("waits for the new ones", 4, "25%", "25%", "new:2/0 old:3/3", "")]
    [InlineData("goes on when one is available", 4, "25%", "25%", "new:2/1 old:3/3", "old:2")]
    [InlineData("no surge", 2, "0", "1", "new:0/0 old:2/2", "old:1")]
    [InlineData("neither surge nor absence means one", 2, "0", "0", "new:0/0 old:2/2", "old:1")]
    [InlineData("broken old pods go first", 3, "1", "0", "new:1/1 old:3/1", "old:2")]
    [InlineData("broken old pods wait for the new", 3, "1", "0", "new:1/0 old:3/0", "")]
    [InlineData("oldest first", 4, "0", "2", "new:0/0 a:2/2 b:2/2", "a:0")]
    [InlineData("counts on no pod that is about to go", 4, "25%", "25%", "new:3/2 old:2/4", "old:1")]
    [InlineData("scaled down on the way", 2, "25%", "25%", "new:3/0 old:3/3", "new:2")]
    public void Next_RollingUpdate_TakesOneStep(string what, int wanted, string surge, string unavailable, string sets, string changes)
    {
        Assert.NotEmpty(what);
        Assert.Equal(changes, Changes(Rolling(wanted, surge, unavailable), sets, oldPodsLeft: false));
    }

    [Theory]
    [InlineData("new:0/0 old:3/3", false, "old:0")]
    [InlineData("new:0/0 old:0/0", true, "")]
    [InlineData("new:0/0 old:0/0", false, "new:3")]
    [InlineData("new:5/5 old:0/0", true, "new:3")]
    public void Next_Recreate_EmptiesBeforeItFills(string sets, bool oldPodsLeft, string changes)
    {
        var deployment = Rolling(3, "25%", "25%");
        deployment.Spec.Strategy = new DeploymentStrategy { Type = "Recreate" };
        Assert.Equal(changes, Changes(deployment, sets, oldPodsLeft));
    }

    [Theory]
    [InlineData(6, "new:3/3", "new:6")]
    [InlineData(3, "new:0/0", "new:3")]
    [InlineData(4, "new:1/1 old:4/4", "")]
    [InlineData(10, "new:1/1 old:4/4", "new:2 old:11")]
    public void Next_Paused_SharesTheScaling(int wanted, string sets, string changes)
    {
        var deployment = Rolling(wanted, "25%", "25%");
        deployment.Spec.Paused = true;
        Assert.Equal(changes, Changes(deployment, sets, oldPodsLeft: false));
    }

    [Theory]
    [InlineData(10, "25%", "25%", 3, 2)]
    [InlineData(1, "25%", "25%", 1, 0)]
    [InlineData(4, "0", "0", 0, 1)]
    [InlineData(4, "2", "50%", 2, 2)]
    [InlineData(1, "0", "5", 0, 1)]
    public void MaximumSurgeAndUnavailable_RoundToTheSafeSide(int wanted, string surge, string unavailable, int expectedSurge, int expectedUnavailable)
    {
        var deployment = Rolling(wanted, surge, unavailable);
        Assert.Equal((expectedSurge, expectedUnavailable), (RolloutPlan.MaximumSurge(deployment), RolloutPlan.MaximumUnavailable(deployment)));
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("old:3/3", 1)]
    [InlineData("old:5/5", 0)]
    public void FirstScale_OldSets_LeavesThemTheirRoom(string old, int expected) =>
        Assert.Equal(expected, RolloutPlan.FirstScale(Rolling(3, "1", "0"), Sets(old)));

    private static string Changes(Deployment deployment, string text, bool oldPodsLeft)
    {
        var sets = Sets(text);
        return string.Join(' ', RolloutPlan.Next(deployment, sets[0], sets, oldPodsLeft)
            .Where(change => change.Replicas != change.Set.Spec.Replicas)
            .Select(change => $"{change.Set.Metadata.Name}:{change.Replicas}")
            .OrderBy(change => change, StringComparer.Ordinal));
    }

    private static Deployment Rolling(int wanted, string surge, string unavailable)
    {
        var deployment = Samples.Deployment(wanted);
        deployment.Spec.Strategy = new DeploymentStrategy
        {
            Type = "RollingUpdate",
            RollingUpdate = new RollingUpdateDeployment { MaxSurge = Share(surge), MaxUnavailable = Share(unavailable) },
        };
        return deployment;
    }

    private static IntOrString Share(string text) => text.EndsWith('%') ? IntOrString.Of(text) : IntOrString.Of(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    private static List<ReplicaSet> Sets(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((entry, age) =>
    {
        var parts = entry.Split(':', '/');
        var replicas = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        return new ReplicaSet
        {
            Metadata = new ObjectMeta { Name = parts[0], Uid = parts[0], CreationTimestamp = new Time { Seconds = age } },
            Spec = new ReplicaSetSpec { Replicas = replicas },
            Status = new ReplicaSetStatus { Replicas = replicas, AvailableReplicas = int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) },
        };
    })];
}
