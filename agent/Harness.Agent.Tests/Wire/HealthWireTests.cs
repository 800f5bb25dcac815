using Grpc.Core;
using Grpc.Health.V1;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Wire;

/// <summary>grpc.health.v1 through the real wire, by the numbers of the conformance cases.</summary>
public sealed class HealthWireTests : IAsyncLifetime
{
    private AgentUnderTest _agent = null!;

    public async Task InitializeAsync() => _agent = await AgentUnderTest.StartAsync();

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("vkvmagent.v0.ApplicationLifecycle")]
    [Trait("Clause", "H-01")]
    [Trait("Clause", "H-02")]
    public async Task C01_C02_Check_Serving(string service)
    {
        var response = await _agent.Client.Health.CheckAsync(new HealthCheckRequest { Service = service });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, response.Status);
    }

    [Fact]
    [Trait("Clause", "H-03")]
    public async Task C03_CheckOfAnUnknownService_NotFound()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await _agent.Client.Health.CheckAsync(new HealthCheckRequest { Service = "no.such.Service" }));

        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    [Theory]
    [InlineData("", HealthCheckResponse.Types.ServingStatus.Serving)]
    [InlineData("no.such", HealthCheckResponse.Types.ServingStatus.ServiceUnknown)]
    [Trait("Clause", "H-04")]
    [Trait("Clause", "H-05")]
    public async Task C04_C05_Watch_FirstMessageAndStaysOpen(string service, HealthCheckResponse.Types.ServingStatus expected)
    {
        using var call = _agent.Client.Health.Watch(new HealthCheckRequest { Service = service });

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(expected, call.ResponseStream.Current.Status);
        Assert.False(call.ResponseStream.MoveNext(CancellationToken.None).IsCompleted);
    }

    [Fact]
    [Trait("Clause", "W-01")]
    [Trait("Clause", "W-02")]
    public async Task C06_UnknownMethod_Unimplemented()
    {
        var method = new Method<HealthCheckRequest, HealthCheckResponse>(
            MethodType.Unary, "vkvmagent.v0.ApplicationLifecycle", "NoSuchMethod",
            Marshallers.Create(request => Google.Protobuf.MessageExtensions.ToByteArray(request), HealthCheckRequest.Parser.ParseFrom),
            Marshallers.Create(response => Google.Protobuf.MessageExtensions.ToByteArray(response), HealthCheckResponse.Parser.ParseFrom));

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await _agent.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(), new HealthCheckRequest()));

        Assert.Equal(StatusCode.Unimplemented, refusal.StatusCode);
    }

    [Fact]
    [Trait("Clause", "H-06")]
    public async Task E14_Draining_NotServingOnceThenUnavailable()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        using var call = agent.Client.Health.Watch(new HealthCheckRequest());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var stopping = agent.Server.StopAsync(CancellationToken.None);

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, call.ResponseStream.Current.Status);
        var ended = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
        await stopping;
    }
}
