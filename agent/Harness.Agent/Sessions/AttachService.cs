using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Applications;
using Harness.Agent.Contract.V1;
using Harness.Agent.Hosting;
using Harness.Agent.Logs;
using Harness.Agent.Services;
using Harness.Agent.Workloads;

namespace Harness.Agent.Sessions;

/// <summary>vkvmagent.v1.Attach: sends callers what a running container writes, as it writes it. Thread-safe.</summary>
internal sealed class AttachService(ApplicationRunner runner, LogStore logs, RunEnds ends, ServingState serving, SessionSlots slots)
    : Attach.AttachBase
{
    public override async Task AttachContainer(
        IAsyncStreamReader<AttachContainerRequest> requestStream,
        IServerStreamWriter<AttachContainerResponse> responseStream,
        ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, serving.StreamsEnd);
        try
        {
            var start = await ReadStartAsync(requestStream, ending.Token);
            using var slot = slots.Take();
            await Duplex.RunAsync(
                token => IgnoreAsync(requestStream, token), token => SendAsync(start, responseStream, token), ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            Streams.ThrowEnded(context);
        }
    }

    private static async Task<AttachContainerStart> ReadStartAsync(
        IAsyncStreamReader<AttachContainerRequest> requests, CancellationToken cancellationToken)
    {
        var start = await requests.MoveNext(cancellationToken) ? requests.Current.Start : null;
        return start switch
        {
            null => throw new RpcException(new Status(StatusCode.InvalidArgument, "The first message of a session has to be start.")),
            { Stdin: false, Stdout: false, Stderr: false } =>
                throw new RpcException(new Status(StatusCode.InvalidArgument, "start: one of stdin, stdout and stderr has to be wanted")),
            _ => start,
        };
    }

    /// <summary>Without input and terminal nothing that follows start has an effect.</summary>
    private static async Task IgnoreAsync(IAsyncStreamReader<AttachContainerRequest> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
        }
    }

    private async Task SendAsync(
        AttachContainerStart start, IServerStreamWriter<AttachContainerResponse> responses, CancellationToken cancellationToken)
    {
        var container = RequestedPod.RunningContainer(runner.State, start.PodUid, start.Container);
        if (start.Stdin)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, $"Container \"{start.Container}\" has no stdin in its spec."));
        }

        var output = new AttachedOutput();
        var taps = logs.Find(container.Key)?.Taps;
        taps?.Add(output);
        try
        {
            await responses.WriteAsync(new AttachContainerResponse { Started = new SessionStarted() }, cancellationToken);
            await SendOutputAsync(start, output, responses, cancellationToken);
            await responses.WriteAsync(Exited(await ends.WaitAsync(container.Key, cancellationToken)), cancellationToken);
        }
        finally
        {
            taps?.Remove(output);
        }
    }

    private static async Task SendOutputAsync(
        AttachContainerStart start,
        AttachedOutput output,
        IServerStreamWriter<AttachContainerResponse> responses,
        CancellationToken cancellationToken)
    {
        await foreach (var (stream, data) in output.ReadAsync(cancellationToken))
        {
            if (stream == OutputStream.Stdout && start.Stdout)
            {
                await responses.WriteAsync(new AttachContainerResponse { Stdout = UnsafeByteOperations.UnsafeWrap(data) }, cancellationToken);
            }
            else if (stream == OutputStream.Stderr && start.Stderr)
            {
                await responses.WriteAsync(new AttachContainerResponse { Stderr = UnsafeByteOperations.UnsafeWrap(data) }, cancellationToken);
            }
        }
    }

    private static AttachContainerResponse Exited(ContainerEnd? end) => new()
    {
        Exit = end is null
            ? new SessionExit { ExitCode = 255, Message = "The pod is gone; how this run ended cannot be told." }
            : new SessionExit { ExitCode = end.ExitCode, Signal = end.Signal, Message = end.Message },
    };
}
