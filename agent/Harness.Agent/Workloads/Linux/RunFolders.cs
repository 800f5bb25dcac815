using System.Globalization;
using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Where the folders of runs stand: workloads/POD/CONTAINER/RUN-ATTEMPT. An attempt that was called off keeps its folder, for a late shim
/// may still look into it; the next attempt gets one of its own. Called from the application's loop.
/// </summary>
internal sealed class RunFolders(string root)
{
    /// <summary>A folder for a new attempt; those of earlier runs, whose ends are known by now, go.</summary>
    public RunFolder New(WorkloadKey key)
    {
        foreach (var old in Attempts(key with { Run = -1 }, anyRun: true).Where(attempt => attempt.Run < key.Run))
        {
            Directory.Delete(old.Path, recursive: true);
        }

        var attempt = Latest(key) is { } latest ? latest.Attempt + 1 : 0;
        return new RunFolder(Path.Combine(ContainerFolder(key), string.Create(CultureInfo.InvariantCulture, $"{key.Run}-{attempt}")));
    }

    /// <summary>The latest attempt to start the run; null: there was none.</summary>
    public RunFolder? Find(WorkloadKey key) => Latest(key) is { } latest ? new RunFolder(latest.Path) : null;

    /// <summary>Every run of every pod, but not those of the given one.</summary>
    public IEnumerable<RunFolder> Except(string? podUid) =>
        from pod in Folders(root)
        where Path.GetFileName(pod) != podUid
        from container in Folders(pod)
        from run in Folders(container)
        select new RunFolder(run);

    public void Clear(string? exceptPodUid)
    {
        foreach (var pod in Folders(root).Where(pod => Path.GetFileName(pod) != exceptPodUid))
        {
            Directory.Delete(pod, recursive: true);
        }
    }

    private static string[] Folders(string path) => Directory.Exists(path) ? Directory.GetDirectories(path) : [];

    private (string Path, int Run, int Attempt)? Latest(WorkloadKey key)
    {
        var attempts = Attempts(key, anyRun: false).ToList();
        return attempts.Count == 0 ? null : attempts.MaxBy(attempt => attempt.Attempt);
    }

    private IEnumerable<(string Path, int Run, int Attempt)> Attempts(WorkloadKey key, bool anyRun)
    {
        foreach (var folder in Folders(ContainerFolder(key)))
        {
            var parts = Path.GetFileName(folder).Split('-');
            if (parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var run)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
                && (anyRun || run == key.Run))
            {
                yield return (folder, run, attempt);
            }
        }
    }

    private string ContainerFolder(WorkloadKey key) => Path.Combine(root, key.PodUid, key.Container);
}
