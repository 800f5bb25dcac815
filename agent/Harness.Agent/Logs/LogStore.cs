using System.Collections.Concurrent;
using Harness.Agent.Applications;

namespace Harness.Agent.Logs;

/// <summary>The logs of the current application: of each container the current run's and the one before. Thread-safe.</summary>
internal sealed class LogStore(StateDirectory directory, LogLimits limits, TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<WorkloadKey, ContainerLog> _logs = new();

    public ContainerLog Open(WorkloadKey key)
    {
        Drop(key with { Run = key.Run - 2 });
        return _logs[key] = new ContainerLog(directory.LogFolder(key), limits, timeProvider);
    }

    /// <summary>The log of a run that an earlier agent started: it goes on where it stopped, or is complete.</summary>
    public ContainerLog Reopen(WorkloadKey key, bool ended)
    {
        var log = new ContainerLog(directory.LogFolder(key), limits, timeProvider);
        log.Resume();
        if (ended)
        {
            log.Complete();
        }

        return _logs[key] = log;
    }

    /// <summary>Null: the run never wrote anything.</summary>
    public ContainerLog? Find(WorkloadKey key) =>
        _logs.TryGetValue(key, out var log) ? log : Directory.Exists(directory.LogFolder(key)) ? Reopen(key, ended: true) : null;

    public void Clear()
    {
        _logs.Clear();
        directory.ClearLogs();
    }

    private void Drop(WorkloadKey key)
    {
        if (_logs.TryRemove(key, out _))
        {
            var folder = directory.LogFolder(key);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
