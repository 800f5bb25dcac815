using System.Collections.Immutable;
using System.Globalization;
using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// The control groups of this machine, version 1 (one tree for each controller, with the unified one beside them for matching packets) or
/// version 2. Runs get a group each below "vkvm-agent". Thread-safe.
/// </summary>
internal sealed class Cgroups
{
    private const string Mount = "/sys/fs/cgroup";
    private const string Parent = "vkvm-agent";
    private const int CpuPeriodMicroseconds = 100_000;
    private readonly ImmutableDictionary<string, string> _trees;
    private readonly bool _unified;

    private Cgroups(ImmutableDictionary<string, string> trees, bool unified)
    {
        _trees = trees;
        _unified = unified;
    }

    /// <summary>The parent of all runs, as the packet filter names it; null without a unified tree.</summary>
    public string? UnifiedPath => _trees.ContainsKey("unified") ? Parent : null;

    /// <summary>Null: there are none that the agent may use.</summary>
    public static Cgroups? Find()
    {
        try
        {
            return File.Exists(Path.Combine(Mount, "cgroup.controllers")) ? FindUnified() : FindSeparate();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Makes the group of a run, with its limits. Throws IOException when the kernel refuses.</summary>
    public RunCgroup Create(WorkloadKey key, ResourceSpec resources, int maximumProcesses)
    {
        var group = Of(key);
        foreach (var folder in group.Folders)
        {
            Directory.CreateDirectory(folder);
        }

        foreach (var (file, value) in _unified ? UnifiedLimits(key, resources, maximumProcesses) : SeparateLimits(key, resources, maximumProcesses))
        {
            File.WriteAllText(file, value);
        }

        return group;
    }

    public RunCgroup Of(WorkloadKey key) => new([.. _trees.Values.Distinct().Select(tree => Path.Combine(tree, Name(key)))], OomFile(key));

    private static Cgroups FindUnified()
    {
        var parent = Path.Combine(Mount, Parent);
        Directory.CreateDirectory(parent);
        foreach (var folder in (string[])[Mount, parent])
        {
            File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "+memory +cpu +pids");
        }

        return new Cgroups(ImmutableDictionary<string, string>.Empty.Add("unified", parent), unified: true);
    }

    private static Cgroups? FindSeparate()
    {
        var trees = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var controller in (string[])["memory", "cpu", "pids", "unified"])
        {
            var tree = Path.Combine(Mount, controller);
            if (Directory.Exists(tree))
            {
                trees[controller] = Directory.CreateDirectory(Path.Combine(tree, Parent)).FullName;
            }
        }

        return trees.ContainsKey("memory") && trees.ContainsKey("cpu") && trees.ContainsKey("pids") ? new Cgroups(trees.ToImmutable(), unified: false) : null;
    }

    private static string Name(WorkloadKey key) => Launches.ContainerId(key)[^32..];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private string LimitFile(string controller, WorkloadKey key, string file) =>
        Path.Combine(_trees[_unified ? "unified" : controller], Name(key), file);

    private string OomFile(WorkloadKey key) => LimitFile("memory", key, _unified ? "memory.events" : "memory.oom_control");

    private IEnumerable<(string File, string Value)> UnifiedLimits(WorkloadKey key, ResourceSpec resources, int maximumProcesses)
    {
        yield return (LimitFile("pids", key, "pids.max"), Number(maximumProcesses));
        if (resources.MemoryLimitBytes is { } memory)
        {
            yield return (LimitFile("memory", key, "memory.max"), Number(memory));
            var swap = LimitFile("memory", key, "memory.swap.max");
            if (File.Exists(swap))
            {
                yield return (swap, "0");
            }
        }

        if (resources.CpuLimitMillis is { } cpu)
        {
            yield return (LimitFile("cpu", key, "cpu.max"), $"{Number(Quota(cpu))} {Number(CpuPeriodMicroseconds)}");
        }

        if (resources.CpuRequestMillis is { } request)
        {
            // From shares (2 to 262,144) to weights (1 to 10,000), as the kubelet converts them.
            yield return (LimitFile("cpu", key, "cpu.weight"), Number(1 + ((Shares(request) - 2) * 9999 / 262142)));
        }
    }

    private IEnumerable<(string File, string Value)> SeparateLimits(WorkloadKey key, ResourceSpec resources, int maximumProcesses)
    {
        yield return (LimitFile("pids", key, "pids.max"), Number(maximumProcesses));
        if (resources.MemoryLimitBytes is { } memory)
        {
            yield return (LimitFile("memory", key, "memory.limit_in_bytes"), Number(memory));
            var withSwap = LimitFile("memory", key, "memory.memsw.limit_in_bytes");
            if (File.Exists(withSwap))
            {
                yield return (withSwap, Number(memory));
            }
        }

        if (resources.CpuLimitMillis is { } cpu)
        {
            yield return (LimitFile("cpu", key, "cpu.cfs_period_us"), Number(CpuPeriodMicroseconds));
            yield return (LimitFile("cpu", key, "cpu.cfs_quota_us"), Number(Quota(cpu)));
        }

        if (resources.CpuRequestMillis is { } request)
        {
            yield return (LimitFile("cpu", key, "cpu.shares"), Number(Shares(request)));
        }
    }

    /// <summary>The kernel takes no less than a millisecond.</summary>
    private static long Quota(long millis) => Math.Max(1000, millis * CpuPeriodMicroseconds / 1000);

    private static long Shares(long millis) => Math.Clamp(millis * 1024 / 1000, 2, 262_144);
}
