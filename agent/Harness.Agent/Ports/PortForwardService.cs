using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Hosting;
using Harness.Agent.Services;
using Harness.Agent.Sessions;
using Harness.Agent.Workloads;

namespace Harness.Agent.Ports;

/// <summary>
/// vkvmagent.v1.PortForward: one call is one TCP connection to the workloads. Neither side is read faster than the other takes it.
/// Thread-safe.
/// </summary>
internal sealed class PortForwardService(ApplicationRunner runner, IWorkloadRuntime runtime, ServingState serving) : PortForward.PortForwardBase
{
    public const int MaxConnections = 256;
    private const int ReadBytes = 32 * 1024;
    private readonly SessionSlots _slots = new(MaxConnections, "forwarded connections");

    public int Open => _slots.Taken;

    public override async Task ForwardPort(
        IAsyncStreamReader<ForwardPortRequest> requestStream, IServerStreamWriter<ForwardPortResponse> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, serving.StreamsEnd);
        try
        {
            var port = await ReadPortAsync(requestStream, ending.Token);
            using var slot = _slots.Take();
            using var socket = await ConnectAsync(port, ending.Token);
            // A call that is cut off resets the connection: what was not delivered is not taken for an orderly end.
            socket.LingerState = new LingerOption(true, 0);
            await CarryAsync(socket, requestStream, responseStream, ending.Token);
            socket.LingerState = new LingerOption(false, 0);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            Streams.ThrowEnded(context);
        }
        catch (SocketException exception)
        {
            throw new RpcException(new Status(StatusCode.Aborted, $"The workload's connection broke: {exception.Message}"));
        }
    }

    private async Task<int> ReadPortAsync(IAsyncStreamReader<ForwardPortRequest> requests, CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken) || requests.Current.Open is not { } open)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The first message of a connection has to be open."));
        }

        if (open.Port is 0 or > ushort.MaxValue)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"open.port: {open.Port} is no port"));
        }

        var state = runner.State;
        RequestedPod.Check(state, open.PodUid);
        return state.IsActive
            ? (int)open.Port
            : throw new RpcException(new Status(StatusCode.FailedPrecondition, "No pod is running on this agent."));
    }

    private async Task<Socket> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            return await runtime.ConnectAsync(port, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition, $"Connecting to port {port} of the pod failed: {exception.Message}"));
        }
    }

    /// <summary>Until both directions have ended, or one of them breaks.</summary>
    private static async Task CarryAsync(
        Socket socket,
        IAsyncStreamReader<ForwardPortRequest> requests,
        IServerStreamWriter<ForwardPortResponse> responses,
        CancellationToken cancellationToken)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Duplex.RunAsync(
            async ending =>
            {
                await ToWorkloadAsync(socket, requests, ending);
                sent.SetResult();
            },
            async ending =>
            {
                await ToCallerAsync(socket, responses, ending);
                await sent.Task.WaitAsync(ending);
            },
            cancellationToken);
    }

    private static async Task ToWorkloadAsync(Socket socket, IAsyncStreamReader<ForwardPortRequest> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            for (var rest = requests.Current.Data.Memory; !rest.IsEmpty;)
            {
                rest = rest[await socket.SendAsync(rest, cancellationToken)..];
            }
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    private static async Task ToCallerAsync(Socket socket, IServerStreamWriter<ForwardPortResponse> responses, CancellationToken cancellationToken)
    {
        await responses.WriteAsync(new ForwardPortResponse { Connected = new ForwardPortConnected() }, cancellationToken);
        var buffer = new byte[ReadBytes];
        while (await socket.ReceiveAsync(buffer, cancellationToken) is var count and > 0)
        {
            await responses.WriteAsync(new ForwardPortResponse { Data = ByteString.CopyFrom(buffer, 0, count) }, cancellationToken);
        }

        await responses.WriteAsync(new ForwardPortResponse { EndOfData = new EndOfData() }, cancellationToken);
    }
}
