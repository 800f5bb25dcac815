namespace Harness.Simulator.Ec2.Model;

/// <summary>What may move an instance from one state to the next.</summary>
internal enum InstanceTransition
{
    HostStarted,
    FirstBootFailed,
    LaterBootFailed,
    StopAsked,
    StopDone,
    StartAsked,
    TerminateAsked,
    TerminateDone,
}
