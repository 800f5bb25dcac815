using Harness.Kubernetes.Informers;

namespace Harness.Kubernetes.Tests.Informers;

public sealed class ReflectorStateTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(3);

    [Fact]
    public void Start_NeedsAList() => Assert.True(ReflectorState.Start.NeedsList);

    [Fact]
    public void Listed_AfterFailures_WatchesFromThere()
    {
        var state = ReflectorState.Start.ListEnded(ReflectorOutcome.Failed).ListEnded(ReflectorOutcome.Failed);
        Assert.Equal(2, state.Failures);

        Assert.Equal(new ReflectorState("5", 0, false), state.Listed("5"));
    }

    [Fact]
    public void ListEnded_Expired_ListsInOneNext()
    {
        var state = ReflectorState.Start.ListEnded(ReflectorOutcome.Expired);

        Assert.True(state.NeedsList && state.ListInOne);
        Assert.False(state.Listed("9").ListInOne);
    }

    [Fact]
    public void WatchEnded_InGoodOrder_ResumesAtOnce()
    {
        var state = ReflectorState.Start.Listed("5").Advanced("7").WatchEnded(ReflectorOutcome.Completed, Long, true);

        Assert.Equal(new ReflectorState("7", 0, false), state);
    }

    [Fact]
    public void WatchEnded_AtOnceAndEmpty_BacksOff() =>
        Assert.Equal(1, ReflectorState.Start.Listed("5").WatchEnded(ReflectorOutcome.Completed, Short, false).Failures);

    [Fact]
    public void WatchEnded_Failed_KeepsTheVersionAndBacksOff()
    {
        var state = ReflectorState.Start.Listed("5");
        for (var failure = 1; failure <= 50; failure++)
        {
            state = state.WatchEnded(ReflectorOutcome.Failed, Short, false);
            Assert.Equal(failure, state.Failures);
        }

        Assert.Equal("5", state.ResourceVersion);
        Assert.Equal(0, state.Advanced("6").Failures);
    }

    [Fact]
    public void WatchEnded_Expired_ListsAnew()
    {
        var state = ReflectorState.Start.Listed("5").WatchEnded(ReflectorOutcome.Expired, Long, false);

        Assert.True(state.NeedsList);
        Assert.Equal(0, state.Failures);
    }

    [Fact]
    public void Advanced_WithoutVersion_IsNoProgress()
    {
        var state = ReflectorState.Start.Listed("5");

        Assert.Same(state, state.Advanced(""));
    }
}
