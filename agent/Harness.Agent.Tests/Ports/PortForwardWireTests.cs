using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Ports;
using Harness.Agent.Tests.Support;
using Harness.Testing;

namespace Harness.Agent.Tests.Ports;

/// <summary>vkvmagent.v1.PortForward through the real wire; the workload's end of the connection is in the test's hands.</summary>
public sealed class PortForwardWireTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private AgentUnderTest _agent = null!;

    private uint Port => (uint)((IPEndPoint)_listener.LocalEndpoint).Port;

    public async Task InitializeAsync()
    {
        _listener.Start();
        _agent = await AgentUnderTest.StartAsync();
        await _agent.Client.LaunchAsync(TestPod.Script("ports", TestPod.LongRunning));
        await _agent.Client.WaitForPhaseAsync("Running");
    }

    public async Task DisposeAsync()
    {
        _listener.Dispose();
        await _agent.DisposeAsync();
    }

    [Fact]
    [Trait("Clause", "N-01")]
    public async Task ForwardPort_CallerEndsFirst_TheWorkloadsAnswerStillComes()
    {
        var (call, socket) = await OpenAsync();
        using var ending = socket;

        await SendAsync(call, "question"u8.ToArray());
        await call.RequestStream.CompleteAsync();
        Assert.Equal("question"u8.ToArray(), await ReadToEndAsync(socket));
        await socket.SendAsync("answer"u8.ToArray());
        socket.Shutdown(SocketShutdown.Send);

        var (answer, ended) = await ReadToEndAsync(call);
        Assert.Equal("answer"u8.ToArray(), answer);
        Assert.True(ended);
    }

    [Fact]
    [Trait("Clause", "N-01")]
    public async Task ForwardPort_WorkloadEndsFirst_TheCallerMayStillSend()
    {
        var (call, socket) = await OpenAsync();
        using var ending = socket;

        socket.Shutdown(SocketShutdown.Send);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.NotNull(call.ResponseStream.Current.EndOfData);
        await SendAsync(call, "late"u8.ToArray());
        await call.RequestStream.CompleteAsync();

        Assert.Equal("late"u8.ToArray(), await ReadToEndAsync(socket));
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    [Trait("Clause", "N-02")]
    public async Task ForwardPort_NothingListens_FailedPrecondition()
    {
        var port = Port;
        _listener.Stop();

        Assert.Equal(StatusCode.FailedPrecondition, await RefusalAsync(new ForwardPortOpen { Port = port }));
    }

    [Theory]
    [InlineData(0u, "", StatusCode.InvalidArgument)]
    [InlineData(65536u, "", StatusCode.InvalidArgument)]
    [InlineData(80u, "another-uid", StatusCode.NotFound)]
    [Trait("Clause", "N-02")]
    public async Task ForwardPort_BadOpen_SaysWhy(uint port, string podUid, StatusCode expected) =>
        Assert.Equal(expected, await RefusalAsync(new ForwardPortOpen { Port = port, PodUid = podUid }));

    [Fact]
    [Trait("Clause", "N-03")]
    public async Task ForwardPort_CallEnds_TheWorkloadsConnectionIsReset()
    {
        var (call, socket) = await OpenAsync();
        using var ending = socket;

        call.Dispose();

        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var broken = await Assert.ThrowsAsync<SocketException>(async () => await socket.ReceiveAsync(new byte[1], limit.Token));
        Assert.Equal(SocketError.ConnectionReset, broken.SocketErrorCode);
        var service = _agent.Service<PortForwardService>();
        await Eventually.TrueAsync(() => service.Open == 0, "the connection to be over");
    }

    [Fact]
    [Trait("Clause", "N-03")]
    public async Task ForwardPort_WorkloadResets_Aborted()
    {
        var (call, socket) = await OpenAsync();
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);

        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();

        var ended = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.MoveNext(limit.Token));
        Assert.Equal(StatusCode.Aborted, ended.StatusCode);
    }

    [Fact]
    [Trait("Clause", "N-04")]
    public async Task ForwardPort_CallerDoesNotRead_TheWorkloadIsHeldUp()
    {
        const int Bytes = 64 * 1024 * 1024;
        var (call, socket) = await OpenAsync();
        using var ending = socket;
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            var part = new byte[64 * 1024];
            while (sent < Bytes)
            {
                sent += await socket.SendAsync(part);
            }

            socket.Shutdown(SocketShutdown.Send);
        });

        await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
        Assert.True(sent < Bytes, "All was taken though nobody read.");
        await call.RequestStream.CompleteAsync();

        Assert.Equal(Bytes, (await ReadToEndAsync(call)).Data.Length);
        await sending;
    }

    private async Task<(AsyncDuplexStreamingCall<ForwardPortRequest, ForwardPortResponse> Call, Socket Workload)> OpenAsync()
    {
        var call = new PortForward.PortForwardClient(_agent.Channel).ForwardPort();
        await call.RequestStream.WriteAsync(new ForwardPortRequest { Open = new ForwardPortOpen { Port = Port } });
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var socket = await _listener.AcceptSocketAsync(limit.Token);
        Assert.True(await call.ResponseStream.MoveNext(limit.Token));
        Assert.NotNull(call.ResponseStream.Current.Connected);
        return (call, socket);
    }

    private async Task<StatusCode> RefusalAsync(ForwardPortOpen open)
    {
        using var call = new PortForward.PortForwardClient(_agent.Channel).ForwardPort();
        await call.RequestStream.WriteAsync(new ForwardPortRequest { Open = open });
        return (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode;
    }

    private static Task SendAsync(AsyncDuplexStreamingCall<ForwardPortRequest, ForwardPortResponse> call, byte[] data) =>
        call.RequestStream.WriteAsync(new ForwardPortRequest { Data = ByteString.CopyFrom(data) });

    private static async Task<byte[]> ReadToEndAsync(Socket socket)
    {
        using var all = new MemoryStream();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer) is var count and > 0)
        {
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    private static async Task<(byte[] Data, bool Ended)> ReadToEndAsync(AsyncDuplexStreamingCall<ForwardPortRequest, ForwardPortResponse> call)
    {
        using var all = new MemoryStream();
        var ended = false;
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            call.ResponseStream.Current.Data.WriteTo(all);
            ended = call.ResponseStream.Current.EndOfData is not null;
        }

        return (all.ToArray(), ended);
    }
}
