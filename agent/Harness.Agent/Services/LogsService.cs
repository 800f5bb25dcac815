using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Applications;
using Harness.Agent.Contract.V1;
using Harness.Agent.Hosting;
using Harness.Agent.Logs;
using Harness.Agent.Workloads;

namespace Harness.Agent.Services;

/// <summary>vkvmagent.v1.Logs: finds the log that a request means and streams it. Thread-safe.</summary>
internal sealed class LogsService(ApplicationRunner runner, LogStore store, ServingState serving) : Contract.V1.Logs.LogsBase
{
    public override async Task ReadLogs(
        ReadLogsRequest request, IServerStreamWriter<ReadLogsResponse> responseStream, ServerCallContext context)
    {
        var query = ToQuery(request);
        var container = RequestedPod.Container(runner.State, request.PodUid, request.Container);
        var key = request.Previous ? PreviousRun(container) : CurrentRun(container);
        if (store.Find(key) is not { } log)
        {
            // The run never wrote anything: its program could not be started, or the agent has restarted since.
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, serving.StreamsEnd);
        try
        {
            await foreach (var chunk in new LogReader(log, query).ReadAsync(ending.Token))
            {
                await responseStream.WriteAsync(new ReadLogsResponse { Data = UnsafeByteOperations.UnsafeWrap(chunk) }, context.CancellationToken);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            Streams.ThrowEnded(context);
        }
    }

    private static LogQuery ToQuery(ReadLogsRequest request)
    {
        if (request is { HasTailLines: true, TailLines: < 0 })
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "tail_lines: must not be negative"));
        }

        if (request is { HasLimitBytes: true, LimitBytes: < 0 })
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "limit_bytes: must not be negative"));
        }

        return new LogQuery(
            request.Follow,
            request.Timestamps,
            request.HasTailLines ? request.TailLines : null,
            request.HasLimitBytes ? request.LimitBytes : null,
            request.Since?.ToDateTimeOffset(),
            request.HasStream ? ToStream(request.Stream) : null);
    }

    private static OutputStream ToStream(LogStream stream) => stream switch
    {
        LogStream.Stdout => OutputStream.Stdout,
        LogStream.Stderr => OutputStream.Stderr,
        _ => throw new RpcException(new Status(StatusCode.InvalidArgument, $"stream: {stream} is neither stdout nor stderr")),
    };

    private static WorkloadKey CurrentRun(ContainerState container) => container.HasRun
        ? container.Key
        : throw new RpcException(new Status(
            StatusCode.FailedPrecondition, $"Container \"{container.Spec.Name}\" has not started yet: {container.WaitingReason}."));

    /// <summary>While a container waits for its restart, its last run is both the current and the previous one, as in Kubernetes.</summary>
    private static WorkloadKey PreviousRun(ContainerState container) => container switch
    {
        { Phase: ContainerPhase.Waiting, LastEnd: not null } => container.Key,
        { Key.Run: > 0 } => container.Key with { Run = container.Key.Run - 1 },
        _ => throw new RpcException(new Status(StatusCode.NotFound, $"Container \"{container.Spec.Name}\" has no earlier run.")),
    };
}
