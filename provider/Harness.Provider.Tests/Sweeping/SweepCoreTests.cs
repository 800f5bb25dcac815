using Harness.Provider.Sweeping;

namespace Harness.Provider.Tests.Sweeping;

/// <summary>The sweep's safety rules, one by one and under random worlds: no instance of a live pod is ever ended.</summary>
public sealed class SweepCoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);
    private static readonly SweepPolicy Policy = new("cluster", "node", Grace);

    [Fact]
    public void Decide_OrphanSeenTwiceAGraceApart_IsEnded()
    {
        var first = Sweep(SweepState.Empty, [Instance("i-1")], Start);
        Assert.Empty(first.End);
        Assert.Empty(Sweep(first.State, [Instance("i-1")], Start + Grace - TimeSpan.FromSeconds(1)).End);
        Assert.Equal("i-1", Assert.Single(Sweep(first.State, [Instance("i-1")], Start + Grace).End).Id);
    }

    [Fact]
    public void Decide_PodSeenInBetween_StartsAnew()
    {
        var first = Sweep(SweepState.Empty, [Instance("i-1")], Start);
        var between = Sweep(first.State, [Instance("i-1")], Start.AddMinutes(1), pods: ["uid-i-1"]);
        Assert.Empty(Sweep(between.State, [Instance("i-1")], Start + Grace).End);
    }

    [Fact]
    public void Decide_LiveGetFindsThePod_IsNotEnded()
    {
        var first = Sweep(SweepState.Empty, [Instance("i-1")], Start);
        Assert.Empty(Sweep(first.State, [Instance("i-1")], Start + Grace, confirmed: []).End);
    }

    public static TheoryData<string> Spared => new(
        "no pod uid", "no namespace", "no name", "no node", "another cluster", "another node", "too young", "launch time unknown", "pod is listed");

    [Theory]
    [MemberData(nameof(Spared))]
    public void Suspects_NotOursOrNotSure_IsSpared(string why)
    {
        var instance = Instance("i-1");
        instance = why switch
        {
            "no pod uid" => instance with { PodUid = "" },
            "no namespace" => instance with { PodNamespace = "" },
            "no name" => instance with { PodName = "" },
            "no node" => instance with { NodeName = "" },
            "another cluster" => instance with { ClusterName = "renamed" },
            "another node" => instance with { NodeName = "other" },
            "too young" => instance with { LaunchedAt = Start - Grace + TimeSpan.FromSeconds(1) },
            "launch time unknown" => instance with { LaunchedAt = null },
            _ => instance,
        };
        var sighting = new SweepSighting([instance], why == "pod is listed" ? new HashSet<string> { "uid-i-1" } : [], new HashSet<string>());
        Assert.Empty(SweepCore.Suspects(sighting, Policy, Start));
    }

    [Fact]
    public void Suspects_AbandonedNode_IsTakenOver()
    {
        var sighting = new SweepSighting([Instance("i-1") with { NodeName = "other" }], new HashSet<string>(), new HashSet<string> { "other" });
        Assert.Single(SweepCore.Suspects(sighting, Policy, Start));
    }

    [Theory]
    [InlineData(5, 5, 5)]
    [InlineData(6, 6, 0)]
    [InlineData(10, 100, 10)]
    [InlineData(11, 100, 0)]
    public void Decide_MoreThanTheLimit_EndsNothingAndSaysSo(int orphans, int instances, int ended)
    {
        var all = Enumerable.Range(0, instances).Select(i => Instance($"i-{i:000}")).ToList();
        var pods = all.Skip(orphans).Select(instance => instance.PodUid).ToHashSet();
        var first = Sweep(SweepState.Empty, all, Start, pods);
        var second = Sweep(first.State, all, Start + Grace, pods);
        Assert.Equal((ended, ended == 0 ? orphans : 0), (second.End.Length, second.RefusedForNumber));
    }

    [Fact]
    public void Decide_ClockWentBack_WaitsAnew()
    {
        var first = Sweep(SweepState.Empty, [Instance("i-1")], Start.AddHours(1));
        var back = Sweep(first.State, [Instance("i-1")], Start);
        Assert.Empty(back.End);
        Assert.Equal(Start, back.State.FirstConfirmed["i-1"]);
    }

    [Fact]
    public void Decide_RandomWorlds_NeverEndsAnInstanceOfALivePod()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var state = SweepState.Empty;
            var now = Start;
            var instances = Enumerable.Range(0, random.Next(1, 30)).Select(i => Instance($"i-{i}")).ToList();
            var live = instances.Where(_ => random.Next(2) == 0).Select(instance => instance.PodUid).ToHashSet();
            for (var period = 0; period < 20; period++)
            {
                now += TimeSpan.FromSeconds(random.Next(-60, 200));

                // A list that is stale or cut is what the live GET is for; a GET that fails ends the period (it never reaches Decide).
                var listed = live.Where(_ => random.Next(3) > 0).ToHashSet();
                var sighting = new SweepSighting(instances, listed, new HashSet<string>());
                var confirmed = SweepCore.Suspects(sighting, Policy, now).Where(suspect => !live.Contains(suspect.PodUid)).Select(suspect => suspect.Id).ToHashSet();
                var decision = SweepCore.Decide(state, sighting, confirmed, Policy, now);
                state = decision.State;
                Assert.DoesNotContain(decision.End, instance => live.Contains(instance.PodUid));
                Assert.True(decision.End.Length <= SweepPolicy.Limit(instances.Count), $"seed {seed}");
                instances.RemoveAll(decision.End.Contains);
            }
        }
    }

    private static SweepInstance Instance(string id) => new(id, "uid-" + id, "default", "pod-" + id, "node", "cluster", Start - TimeSpan.FromHours(1));

    private static SweepDecision Sweep(
        SweepState state, IReadOnlyCollection<SweepInstance> instances, DateTimeOffset now, HashSet<string>? pods = null, HashSet<string>? confirmed = null)
    {
        var sighting = new SweepSighting(instances, pods ?? [], new HashSet<string>());
        confirmed ??= [.. SweepCore.Suspects(sighting, Policy, now).Select(suspect => suspect.Id)];
        return SweepCore.Decide(state, sighting, confirmed, Policy, now);
    }
}
