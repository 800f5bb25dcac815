using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Applications;
using Harness.Agent.Contract.V1;
using Harness.Agent.Hosting;
using Harness.Agent.Services;
using Harness.Agent.Workloads;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Sessions;

/// <summary>
/// vkvmagent.v1.Exec: one call is one command beside a container. Each call reads its requests and writes its responses side by side;
/// whatever ends the call ends the command. Thread-safe.
/// </summary>
internal sealed partial class ExecService(
    ApplicationRunner runner, IWorkloadRuntime runtime, ServingState serving, SessionSlots slots, ILogger<ExecService> logger) : Exec.ExecBase
{
    public override async Task RunCommand(
        IAsyncStreamReader<RunCommandRequest> requestStream, IServerStreamWriter<RunCommandResponse> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, serving.StreamsEnd);
        try
        {
            var start = await ReadStartAsync(requestStream, ending.Token);
            using var slot = slots.Take();
            await RunAsync(start, requestStream, responseStream, ending.Token);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested || serving.StreamsEnd.IsCancellationRequested)
        {
            Streams.ThrowEnded(context);
        }
    }

    private static async Task<RunCommandStart> ReadStartAsync(IAsyncStreamReader<RunCommandRequest> requests, CancellationToken cancellationToken)
    {
        var start = await requests.MoveNext(cancellationToken) ? requests.Current.Start : null;
        return start switch
        {
            null => throw new RpcException(new Status(StatusCode.InvalidArgument, "The first message of a session has to be start.")),
            { Command.Count: 0 } => throw new RpcException(new Status(StatusCode.InvalidArgument, "start.command: is empty")),
            { Stdin: false, Stdout: false, Stderr: false } =>
                throw new RpcException(new Status(StatusCode.InvalidArgument, "start: one of stdin, stdout and stderr has to be wanted")),
            _ => start,
        };
    }

    private async Task RunAsync(
        RunCommandStart start,
        IAsyncStreamReader<RunCommandRequest> requests,
        IServerStreamWriter<RunCommandResponse> responses,
        CancellationToken cancellationToken)
    {
        var container = RequestedPod.RunningContainer(runner.State, start.PodUid, start.Container);
        var size = TerminalSizes.ToWindow(start.Size);
        var opened = runtime.OpenSession(container.Key, container.Spec, new SessionRequest([.. start.Command], start.Stdin, start.Tty, size));
        if (!opened.Started)
        {
            await responses.WriteAsync(Exited(opened.ExitCode, 0, opened.Message), cancellationToken);
            return;
        }

        Log.Started(logger, container.Key, start.Command[0]);
        await using var session = opened.Session;
        var window = new InputWindow();
        await Duplex.RunAsync(
            ending => TakeInputAsync(start, requests, session, window, ending),
            ending => SendAsync(start, session, window, responses, ending),
            cancellationToken);
    }

    private static async Task TakeInputAsync(
        RunCommandStart start,
        IAsyncStreamReader<RunCommandRequest> requests,
        IWorkloadSession session,
        InputWindow window,
        CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            Take(requests.Current, start, session, window);
        }

        session.EndInput();
    }

    private static void Take(RunCommandRequest request, RunCommandStart start, IWorkloadSession session, InputWindow window)
    {
        switch (request.PartCase)
        {
            case RunCommandRequest.PartOneofCase.Stdin when start.Stdin:
                window.Take(request.Stdin.Length);
                session.Write(request.Stdin.Memory);
                break;
            case RunCommandRequest.PartOneofCase.CloseStdin:
                session.EndInput();
                break;
            case RunCommandRequest.PartOneofCase.Resize:
                session.Resize(TerminalSizes.ToWindow(request.Resize));
                break;
            case RunCommandRequest.PartOneofCase.Start:
                throw new RpcException(new Status(StatusCode.InvalidArgument, "A session starts once: start came again."));
        }
    }

    private static async Task SendAsync(
        RunCommandStart start,
        IWorkloadSession session,
        InputWindow window,
        IServerStreamWriter<RunCommandResponse> responses,
        CancellationToken cancellationToken)
    {
        var windowBytes = start.Stdin ? (ulong)SessionLimits.WindowBytes : 0;
        var started = new SessionStarted { StdinWindowBytes = windowBytes, Tty = start.Tty };
        await responses.WriteAsync(new RunCommandResponse { Started = started }, cancellationToken);
        await foreach (var happened in session.ReadAsync(cancellationToken))
        {
            if (ToResponse(happened, start, window) is { } response)
            {
                await responses.WriteAsync(response, cancellationToken);
            }
        }
    }

    private static RunCommandResponse? ToResponse(SessionEvent happened, RunCommandStart start, InputWindow window)
    {
        switch (happened)
        {
            case SessionEvent.Output { Stream: OutputStream.Stdout } output when start.Stdout || start.Tty:
                return new RunCommandResponse { Stdout = UnsafeByteOperations.UnsafeWrap(output.Data) };
            case SessionEvent.Output { Stream: OutputStream.Stderr } output when start.Stderr:
                return new RunCommandResponse { Stderr = UnsafeByteOperations.UnsafeWrap(output.Data) };
            case SessionEvent.InputConsumed consumed:
                window.GiveBack(consumed.Bytes);
                return new RunCommandResponse { StdinConsumedBytes = (ulong)consumed.Bytes };
            case SessionEvent.Ended ended:
                return Exited(ended.Exit.ExitCode, ended.Exit.Signal, "");
            default:
                return null;
        }
    }

    private static RunCommandResponse Exited(int exitCode, int signal, string message) =>
        new() { Exit = new SessionExit { ExitCode = exitCode, Signal = signal, Message = message } };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Exec beside {Workload}: {Program}")]
        public static partial void Started(ILogger logger, WorkloadKey workload, string program);
    }
}
