using Harness.Agent.Applications;
using Harness.Agent.Workloads.Linux;

namespace Harness.Agent;

/// <summary>
/// The layout of the agent's state directory, and the lock that keeps a second agent out of it. Folders that workloads must reach
/// may be passed through by all; what the agent keeps for itself is its own alone.
/// </summary>
internal sealed class StateDirectory : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private readonly FileStream _lock;

    private StateDirectory(string root, FileStream lockFile)
    {
        Root = root;
        _lock = lockFile;
    }

    public string Root { get; }

    public string Logs => Path.Combine(Root, "logs");

    public string Workloads => Path.Combine(Root, "workloads");

    public string ApplicationFile => Path.Combine(Root, "application.pb");

    public string StateFile => Path.Combine(Root, "state.pb");

    /// <summary>What callers sent for volumes.</summary>
    public string Inputs => Path.Combine(Root, "inputs");

    /// <summary>The same, of secrets; on memory where the agent may mount it.</summary>
    public string Secrets => Path.Combine(Root, "secrets");

    public string Images => Path.Combine(Root, "images");

    private string Pods => Path.Combine(Root, "pods");

    /// <summary>Throws IOException or UnauthorizedAccessException when the folder cannot be used, or another agent uses it.</summary>
    public static StateDirectory Open(string root)
    {
        var path = Path.GetFullPath(root);
        Directory.CreateDirectory(path, Passable);
        var lockFile = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var directory = new StateDirectory(path, lockFile);
        Directory.CreateDirectory(directory.Logs, Private);
        Directory.CreateDirectory(directory.Workloads, Private);
        Directory.CreateDirectory(directory.Pods, Passable);
        Directory.CreateDirectory(directory.Images, Passable);
        return directory;
    }

    public string PodFolder(string uid) => Path.Combine(Pods, uid);

    /// <summary>No container's name begins with a dot.</summary>
    public string VolumeFolder(string uid, string volume) => Path.Combine(PodFolder(uid), ".volumes", volume);

    public string ContainerFolder(WorkloadKey key) => Path.Combine(PodFolder(key.PodUid), key.Container);

    /// <summary>In the container's own folder, where its user may write.</summary>
    public string TerminationMessageFile(WorkloadKey key) => Path.Combine(ContainerFolder(key), ".termination-message");

    public string LogFolder(WorkloadKey key) =>
        Path.Combine(Logs, key.PodUid, key.Container, key.Run.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public void ClearPods()
    {
        UnmountPods();
        Clear(Pods);
    }

    public void UnmountPods() => MemoryMounts.UnmountAll(Pods);

    public void ClearLogs() => Clear(Logs);

    public void Dispose() => _lock.Dispose();

    private static void Clear(string folder)
    {
        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            Directory.Delete(child, recursive: true);
        }
    }
}
