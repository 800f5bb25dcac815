using Harness.Simulator.Clouds;
using Harness.Simulator.Clusters.Installation;
using Harness.Simulator.Programs;

namespace Harness.Simulator.State;

/// <summary>
/// Keeps the <see cref="RunRecord"/> of a running simulator true on disk: each process is written down as soon as it is
/// started and struck out once it has ended. Thread-safe.
/// </summary>
internal sealed class RunLedger(SimDirectory directory, RunRecord record)
{
    private readonly Lock _lock = new();
    private RunRecord _record = record;

    public RunRecord Record
    {
        get
        {
            lock (_lock)
            {
                return _record;
            }
        }
    }

    public void Write() => Change(current => current);

    public void ProviderStarted(ProcessIdentity provider) => Change(current => current with { Provider = provider });

    /// <summary>A program of the cluster's or the cloud's own, such as <c>etcd</c>.</summary>
    public void ProgramStarted(string name, ProcessIdentity program) =>
        Change(current => current with { Programs = new Dictionary<string, ProcessIdentity>(current.Programs) { [name] = program } });

    /// <summary>From now on objects of this owner may stand in a cluster that is not the simulator's own; null: no longer.</summary>
    public void Installed(InstallationOwner? owner) => Change(current => current with { Installation = owner });

    /// <summary>Something is about to be made in an EC2 that outlives this process.</summary>
    public void CloudUsed(CloudRecord cloud) => Change(current => current with { Cloud = cloud });

    /// <summary>A container with this label is about to be made.</summary>
    public void ContainerUsed(string owner) => Change(current => current with { ContainerOwner = owner });

    /// <summary>Hosts' addresses are about to be added to this network interface.</summary>
    public void InterfaceUsed(string device) => Change(current => current with { Interface = device });

    public void AgentStarted(string instanceId, ProcessIdentity agent) =>
        Change(current => current with { Agents = new Dictionary<string, ProcessIdentity>(current.Agents) { [instanceId] = agent } });

    public void AgentEnded(string instanceId) =>
        Change(current => current with
        {
            Agents = current.Agents.Where(entry => entry.Key != instanceId).ToDictionary(entry => entry.Key, entry => entry.Value),
        });

    /// <summary>Removes the record when nothing of this run is left.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_record.Installation is null)
            {
                File.Delete(directory.RunRecord);
            }
        }
    }

    private void Change(Func<RunRecord, RunRecord> change)
    {
        lock (_lock)
        {
            _record = change(_record);
            _record.Write(directory);
        }
    }
}
