using System.Globalization;
using Harness.Agent.Workloads.Linux;

namespace Harness.Agent.Volumes;

/// <summary>
/// The files that callers sent for volumes of one pod, on disk, secrets on memory where the agent may mount it. A volume changes all at once:
/// its files are links through "..data", which is replaced by renaming, as the kubelet does it. Thread-safe.
/// </summary>
internal sealed class VolumeInputs(StateDirectory directory)
{
    private const string Current = "..data";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private readonly Lock _lock = new();

    /// <summary>Whose inputs are held; empty: no one's.</summary>
    public string PodUid
    {
        get
        {
            lock (_lock)
            {
                return Pods().FirstOrDefault() ?? "";
            }
        }
    }

    public IReadOnlyList<InputRevision> List(string podUid)
    {
        lock (_lock)
        {
            return [.. Volumes(podUid).Select(Read).OfType<InputRevision>().OrderBy(volume => volume.Volume, StringComparer.Ordinal)];
        }
    }

    /// <summary>The folder to mount; null: nothing is held for the volume.</summary>
    public string? FilesOf(string podUid, string volume)
    {
        lock (_lock)
        {
            return Find(podUid, volume) is { } folder ? Path.Combine(folder, "files") : null;
        }
    }

    /// <summary>Replaces a volume's files. Throws IOException when there is no room; the volume is then as it was.</summary>
    public void Put(string podUid, InputRevision revision, IReadOnlyList<VolumeFileContent> files, long? group)
    {
        lock (_lock)
        {
            ForgetLocked(except: podUid);
            var folder = Find(podUid, revision.Volume) ?? Path.Combine(RootFor(revision.Secret), podUid, revision.Volume);
            var target = Path.Combine(folder, "files");
            Directory.CreateDirectory(folder, Private);
            Directory.CreateDirectory(target);
            File.SetUnixFileMode(target, Passable);
            var name = string.Create(CultureInfo.InvariantCulture, $"..{NextNumber(target)}");
            try
            {
                WriteFiles(Path.Combine(target, name), files, group);
            }
            catch (IOException)
            {
                Directory.Delete(Path.Combine(target, name), recursive: true);
                throw;
            }

            Switch(target, name, files);
            File.WriteAllText(
                Path.Combine(folder, "revision"),
                string.Create(CultureInfo.InvariantCulture, $"{(revision.Secret ? 1 : 0)} {revision.FileCount} {revision.ContentBytes} {revision.Revision}"));
        }
    }

    /// <summary>Lets a group read the volume's files (fsGroup). Nothing without a group or files.</summary>
    public void GiveTo(string podUid, string volume, long? group)
    {
        if (group is not { } id || FilesOf(podUid, volume) is not { } files)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var path in Directory.EnumerateFiles(Path.Combine(files, Current), "*", SearchOption.AllDirectories))
            {
                Give(path, id);
            }
        }
    }

    /// <summary>Removes everything, or everything but one pod's.</summary>
    public void Forget(string? except)
    {
        lock (_lock)
        {
            ForgetLocked(except);
        }
    }

    /// <summary>The memory that secrets rested on is given back; the next secret mounts it again.</summary>
    public void UnmountSecrets()
    {
        lock (_lock)
        {
            MemoryMounts.UnmountAll(directory.Secrets);
        }
    }

    private static void WriteFiles(string folder, IReadOnlyList<VolumeFileContent> files, long? group)
    {
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, Passable);
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            for (var parent = Path.GetDirectoryName(path)!; parent.Length > folder.Length; parent = Path.GetDirectoryName(parent)!)
            {
                File.SetUnixFileMode(parent, Passable);
            }

            using (var stream = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                stream.Write(file.Content.Span);
            }

            File.SetUnixFileMode(path, file.Mode);
            if (group is { } id)
            {
                Give(path, id);
            }
        }
    }

    private static void Give(string path, long group)
    {
        _ = LibC.Chown(path, 0, (uint)group);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupRead);
    }

    /// <summary>One rename changes all files; then links to what is new come, links to what is gone go, and the old files too.</summary>
    private static void Switch(string target, string name, IReadOnlyList<VolumeFileContent> files)
    {
        var link = Path.Combine(target, Current);
        var old = new FileInfo(link).LinkTarget;
        File.CreateSymbolicLink(link + "_tmp", name);
        if (LibC.Rename(link + "_tmp", link) != 0)
        {
            throw new IOException($"replacing {link} failed with error {System.Runtime.InteropServices.Marshal.GetLastPInvokeError()}");
        }

        var names = files.Select(file => file.Path.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in new DirectoryInfo(target).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith("..", StringComparison.Ordinal)))
        {
            if (!names.Remove(entry.Name))
            {
                entry.Delete();
            }
        }

        foreach (var added in names)
        {
            File.CreateSymbolicLink(Path.Combine(target, added), Current + "/" + added);
        }

        if (old is not null)
        {
            Directory.Delete(Path.Combine(target, old), recursive: true);
        }
    }

    private static long NextNumber(string target) => 1 + new DirectoryInfo(target).EnumerateDirectories("..*")
        .Select(folder => long.TryParse(folder.Name[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .DefaultIfEmpty(0)
        .Max();

    private static InputRevision? Read(string folder)
    {
        var file = Path.Combine(folder, "revision");
        if (!File.Exists(file))
        {
            return null;
        }

        var parts = File.ReadAllText(file).Split(' ', 4);
        return new InputRevision(
            Path.GetFileName(folder),
            parts[3],
            parts[0] == "1",
            uint.Parse(parts[1], CultureInfo.InvariantCulture),
            ulong.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static string[] Folders(string path) => Directory.Exists(path) ? Directory.GetDirectories(path) : [];

    private IEnumerable<string> Pods() => Folders(directory.Inputs).Concat(Folders(directory.Secrets)).Select(path => Path.GetFileName(path)!).Distinct();

    private IEnumerable<string> Volumes(string podUid) =>
        podUid.Length == 0 ? [] : Folders(Path.Combine(directory.Inputs, podUid)).Concat(Folders(Path.Combine(directory.Secrets, podUid)));

    private string? Find(string podUid, string volume) =>
        Volumes(podUid).FirstOrDefault(folder => Path.GetFileName(folder) == volume && File.Exists(Path.Combine(folder, "revision")));

    private string RootFor(bool secret)
    {
        if (!secret)
        {
            return directory.Inputs;
        }

        Directory.CreateDirectory(directory.Secrets, Private);
        if (!MemoryMounts.IsMounted(directory.Secrets))
        {
            // An ordinary user's agent keeps them on disk, private to itself.
            _ = MemoryMounts.TryMount(directory.Secrets, null, "0700");
        }

        return directory.Secrets;
    }

    private void ForgetLocked(string? except)
    {
        foreach (var pod in Folders(directory.Inputs).Concat(Folders(directory.Secrets)).Where(pod => Path.GetFileName(pod) != except))
        {
            Directory.Delete(pod, recursive: true);
        }
    }
}
