using System.Globalization;
using System.Runtime.InteropServices;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Memory-backed folders (tmpfs), where the agent may mount. Thread-safe.</summary>
internal static class MemoryMounts
{
    /// <summary>False: the agent may not mount here.</summary>
    public static bool TryMount(string folder, long? limitBytes, string mode)
    {
        var size = limitBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $",size={bytes}") : "";
        return LibC.Mount("vkvm-agent", folder, "tmpfs", LibC.MountNoSuid | LibC.MountNoDev, $"mode={mode}{size}") == 0;
    }

    public static bool IsMounted(string folder) => Below(folder).Contains(folder);

    /// <summary>Unmounts whatever is mounted at the folder or below it. Throws IOException when that cannot be.</summary>
    public static void UnmountAll(string folder)
    {
        foreach (var mount in Below(folder).OrderByDescending(mount => mount.Length))
        {
            if (LibC.Unmount(mount, LibC.UnmountDetach) != 0)
            {
                throw new IOException($"unmounting {mount} failed with error {Marshal.GetLastPInvokeError()}");
            }
        }
    }

    private static List<string> Below(string folder) =>
    [
        .. File.ReadLines("/proc/self/mounts")
            .Select(line => line.Split(' ')[1].Replace("\\040", " ", StringComparison.Ordinal))
            .Where(mount => mount == folder || mount.StartsWith(folder + "/", StringComparison.Ordinal)),
    ];
}
