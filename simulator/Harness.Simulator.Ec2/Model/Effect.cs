namespace Harness.Simulator.Ec2.Model;

/// <summary>Something that the shell does after a step.</summary>
internal abstract record Effect(string InstanceId, int Boot)
{
    /// <summary>Boot the machine; answered by <see cref="HostReport"/> Started or Failed.</summary>
    internal sealed record StartHost(string InstanceId, int Boot) : Effect(InstanceId, Boot);

    /// <summary>End the machine; answered by <see cref="HostReport"/> Stopped.</summary>
    internal sealed record StopHost(string InstanceId, int Boot) : Effect(InstanceId, Boot);

    /// <summary>Reboot the machine; not answered.</summary>
    internal sealed record RebootHost(string InstanceId, int Boot) : Effect(InstanceId, Boot);
}
