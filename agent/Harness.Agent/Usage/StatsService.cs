using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Harness.Agent.Applications;
using Harness.Agent.Contract.V1;
using Harness.Agent.Hosting;
using Harness.Agent.Services;
using Harness.Agent.Workloads;

namespace Harness.Agent.Usage;

/// <summary>vkvmagent.v1.Stats: measures when asked. Thread-safe.</summary>
internal sealed class StatsService(
    ApplicationRunner runner, IWorkloadRuntime runtime, StateDirectory directory, CpuHistory history, TimeProvider timeProvider)
    : Stats.StatsBase
{
    /// <summary>Counting files is given up then; the answer has to be there within 5 s.</summary>
    private static readonly TimeSpan FilesTimeout = TimeSpan.FromSeconds(2);

    public override async Task<GetStatsResponse> GetStats(GetStatsRequest request, ServerCallContext context)
    {
        var state = runner.State;
        RequestedPod.Check(state, request.PodUid);
        if (state.Spec is not { } spec)
        {
            return new GetStatsResponse();
        }

        using var limit = new CancellationTokenSource(FilesTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.CancellationToken);
        // A file system that hangs keeps its thread, not the answer.
        var storage = Task.Run(() => Storage(directory.PodFolder(spec.Uid), directory.Logs, either.Token), CancellationToken.None);
        var running = state.Containers.Where(container => container.Phase == ContainerPhase.Running).ToList();
        history.Keep(running.Select(container => container.Key).ToHashSet());
        var pod = new PodStats { Uid = spec.Uid, Name = spec.Name, Namespace = spec.Namespace, StartTime = state.StartTime?.ToTimestamp() };
        var measured = running.Select(container => (Container: container, Usage: runtime.Measure(container.Key))).ToList();
        pod.Containers.AddRange(measured.Select(found => Container(found.Container, found.Usage)));
        AddSums(pod, [.. measured.Select(found => found.Usage).OfType<WorkloadUsage>()]);
        pod.EphemeralStorage = await WithinAsync(storage, either.Token);
        return new GetStatsResponse { Pod = pod };
    }

    private static async Task<FileSystemStats?> WithinAsync(Task<FileSystemStats?> storage, CancellationToken cancellationToken)
    {
        try
        {
            return await storage.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private ContainerStats Container(ContainerState container, WorkloadUsage? usage)
    {
        var stats = new ContainerStats { Name = container.Spec.Name, StartTime = container.StartedAt?.ToTimestamp() };
        if (usage is null)
        {
            return stats;
        }

        stats.Memory = Memory(usage);
        stats.Processes = Processes(usage);
        if (usage.Cpu is { } cpu)
        {
            var now = timeProvider.GetUtcNow();
            var (sum, nanoCores) = history.Add(container.Key, cpu, now);
            stats.Cpu = new CpuStats { Time = now.ToTimestamp(), UsageCoreNanoSeconds = (ulong)sum.TotalNanoseconds };
            if (nanoCores is { } rate)
            {
                stats.Cpu.UsageNanoCores = rate;
            }
        }

        return stats;
    }

    private MemoryStats Memory(WorkloadUsage usage)
    {
        var memory = new MemoryStats { Time = timeProvider.GetUtcNow().ToTimestamp() };
        Set(usage.MemoryBytes, value => memory.UsageBytes = value);
        Set(usage.WorkingSetBytes, value => memory.WorkingSetBytes = value);
        Set(usage.ResidentBytes, value => memory.RssBytes = value);
        Set(usage.PageFaults, value => memory.PageFaults = value);
        Set(usage.MajorPageFaults, value => memory.MajorPageFaults = value);
        Set(usage.MemoryLimitBytes - usage.WorkingSetBytes, value => memory.AvailableBytes = value);
        return memory;
    }

    private static ProcessStats Processes(WorkloadUsage usage)
    {
        var processes = new ProcessStats();
        Set(usage.Processes, value => processes.ProcessCount = value);
        return processes;
    }

    private void AddSums(PodStats pod, IReadOnlyList<WorkloadUsage> usages)
    {
        var now = timeProvider.GetUtcNow().ToTimestamp();
        pod.Cpu = new CpuStats { Time = now };
        if (pod.Containers.All(container => container.Cpu is { HasUsageCoreNanoSeconds: true }))
        {
            pod.Cpu.UsageCoreNanoSeconds = pod.Containers.Aggregate(0UL, (sum, container) => sum + container.Cpu.UsageCoreNanoSeconds);
        }

        if (pod.Containers.All(container => container.Cpu is { HasUsageNanoCores: true }))
        {
            pod.Cpu.UsageNanoCores = pod.Containers.Aggregate(0UL, (sum, container) => sum + container.Cpu.UsageNanoCores);
        }

        pod.Memory = Memory(Sum(usages));
        pod.Processes = Processes(Sum(usages));
        pod.Network = new NetworkStats { Time = now };
        pod.Network.Interfaces.AddRange(usages.Take(1).SelectMany(usage => usage.Interfaces).Select(Interface));
    }

    private static WorkloadUsage Sum(IReadOnlyList<WorkloadUsage> usages) => new()
    {
        MemoryBytes = Sum(usages, usage => usage.MemoryBytes),
        WorkingSetBytes = Sum(usages, usage => usage.WorkingSetBytes),
        ResidentBytes = Sum(usages, usage => usage.ResidentBytes),
        PageFaults = Sum(usages, usage => usage.PageFaults),
        MajorPageFaults = Sum(usages, usage => usage.MajorPageFaults),
        Processes = (int?)Sum(usages, usage => usage.Processes),
    };

    /// <summary>Not known as soon as a part is not.</summary>
    private static long? Sum(IReadOnlyList<WorkloadUsage> usages, Func<WorkloadUsage, long?> part) =>
        usages.Aggregate((long?)0, (sum, usage) => sum + part(usage));

    private static InterfaceStats Interface(InterfaceUsage usage) => new()
    {
        Name = usage.Name,
        RxBytes = (ulong)usage.ReceivedBytes,
        RxErrors = (ulong)usage.ReceiveErrors,
        TxBytes = (ulong)usage.SentBytes,
        TxErrors = (ulong)usage.SendErrors,
    };

    private FileSystemStats? Storage(string pods, string logs, CancellationToken cancellationToken)
    {
        var storage = new FileSystemStats { Time = timeProvider.GetUtcNow().ToTimestamp() };
        if (FolderSize.FileSystem(pods) is { } fileSystem)
        {
            storage.AvailableBytes = (ulong)fileSystem.Available;
            storage.CapacityBytes = (ulong)fileSystem.Capacity;
        }

        Set(FolderSize.UsedBytes(pods, cancellationToken) + FolderSize.UsedBytes(logs, cancellationToken), value => storage.UsedBytes = value);
        return storage;
    }

    private static void Set(long? value, Action<ulong> set)
    {
        if (value is { } known)
        {
            set((ulong)Math.Max(0, known));
        }
    }
}
