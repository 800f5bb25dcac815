using Harness.Agent.Applications;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Applications;

public sealed class ProbeCoreTests
{
    private static readonly ProbeSpec Every10 = new(
        new HandlerSpec.TcpSocket("127.0.0.1", 1), TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), 1, 3, null);

    private readonly CoreDriver _core = new();

    private int Probes => _core.Effects.OfType<ApplicationEffect.RunProbe>().Count();

    [Fact]
    [Trait("Clause", "P-05")]
    public void E07_Readiness_MakesReadyFalseWithoutARestart()
    {
        Launch(new ContainerProbes(null, null, Every10));
        Assert.False(_core["a"].Ready);

        Answer(ProbeKind.Readiness, true);
        Assert.True(_core["a"].Ready);

        for (var failure = 0; failure < 3; failure++)
        {
            Assert.True(_core["a"].Ready);
            _core.Advance(TimeSpan.FromSeconds(10));
            Answer(ProbeKind.Readiness, false);
        }

        Assert.False(_core["a"].Ready);
        Assert.False(_core.Conditions["Ready"]);
        Assert.Empty(_core.Signals);
    }

    [Fact]
    [Trait("Clause", "P-05")]
    public void E07_Liveness_EndsAndRestartsTheContainer()
    {
        Launch(new ContainerProbes(null, Every10, null));
        Assert.True(_core["a"].Ready);
        for (var failure = 0; failure < 3; failure++)
        {
            Assert.Empty(_core.Signals);
            Answer(ProbeKind.Liveness, false);
            _core.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal([("a", false)], _core.Signals);
        _core.ExitBySignal("a", 15);
        Assert.Contains("liveness probe", _core["a"].End!.Message, StringComparison.Ordinal);
        _core.Settle();
        Assert.Equal((ContainerPhase.Running, 1), (_core["a"].Phase, _core["a"].RestartCount));
    }

    [Fact]
    public void E07_Liveness_KillsAWorkloadThatIgnoresSigterm()
    {
        Launch(new ContainerProbes(null, Every10 with { FailureThreshold = 1, Grace = TimeSpan.FromSeconds(2) }, null));
        Answer(ProbeKind.Liveness, false);

        _core.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([("a", false), ("a", true)], _core.Signals);
    }

    [Fact]
    [Trait("Clause", "P-05")]
    public void E07_Startup_DelaysTheOthers()
    {
        Launch(new ContainerProbes(Every10, Every10, Every10));
        _core.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, Probes);

        Answer(ProbeKind.Startup, true);

        Assert.True(_core["a"].Started);
        _core.Settle();
        Assert.Equal(3, Probes);
    }

    [Fact]
    public void Apply_ProbeUnanswered_IsNotStartedAgain()
    {
        Launch(new ContainerProbes(null, null, Every10));

        _core.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, Probes);
    }

    [Fact]
    public void Apply_InitialDelay_IsWaitedFor()
    {
        Launch(new ContainerProbes(null, null, Every10 with { InitialDelay = TimeSpan.FromSeconds(5) }));
        _core.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(0, Probes);

        _core.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, Probes);
    }

    private void Launch(ContainerProbes probes) => _core.Launch(CoreDriver.Spec(CoreDriver.Container("a") with { Probes = probes })).Settle();

    private void Answer(ProbeKind kind, bool success) =>
        _core.Apply(new ApplicationEvent.ProbeAnswered(_core["a"].Key, kind, success, "told"));
}
