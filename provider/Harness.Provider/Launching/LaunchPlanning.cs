using Harness.Provider.Lifecycle;

namespace Harness.Provider.Launching;

/// <summary>What came of planning a launch: a plan, or the reason why there is none, for the pod's author.</summary>
internal abstract record LaunchPlanning
{
    private LaunchPlanning()
    {
    }

    public sealed record Complete(LaunchPlan Plan) : LaunchPlanning;

    public sealed record Incomplete(string Message) : LaunchPlanning;
}
