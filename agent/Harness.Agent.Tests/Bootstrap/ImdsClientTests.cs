using System.Net;
using System.Net.Sockets;
using Harness.Agent.Imds;
using Harness.Agent.Tests.Support;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Agent.Tests.Bootstrap;

/// <summary>The client of the metadata service against one that requires tokens.</summary>
public sealed class ImdsClientTests : IAsyncLifetime
{
    private const string Path = "latest/meta-data/instance-id";
    private readonly ManualTimeProvider _time = new();
    private FakeInstanceMetadata _metadata = null!;
    private ImdsClient _client = null!;

    public async Task InitializeAsync()
    {
        _metadata = await FakeInstanceMetadata.StartAsync();
        _client = new ImdsClient(_metadata.Endpoint, _time, NullLogger<ImdsClient>.Instance);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _metadata.DisposeAsync();
    }

    [Fact]
    public async Task S07_TokensAreFetchedFirst_Kept_AndRenewedBeforeTheirEnd()
    {
        await ReadAsync();
        await ReadAsync();
        Assert.Equal(1, _metadata.Tokens);
        Assert.All(_metadata.Requests, request => Assert.Contains(request, new[] { "PUT latest/api/token", "GET " + Path }));

        _time.Advance(TimeSpan.FromHours(5.3));
        await ReadAsync();
        Assert.Equal(1, _metadata.Tokens);
        _time.Advance(TimeSpan.FromHours(0.2));
        await ReadAsync();

        Assert.Equal(2, _metadata.Tokens);
    }

    [Fact]
    public async Task ReadAsync_NothingThere_Null() => Assert.Null(await _client.ReadAsync("latest/meta-data/no-such", CancellationToken.None));

    [Fact]
    public async Task ReadAsync_SwitchedOff_SaysSoWithoutAskingAgain()
    {
        _metadata.Refusal = 403;

        var refusal = await Assert.ThrowsAsync<ImdsException>(ReadAsync);

        Assert.False(refusal.IsTransient);
        Assert.Contains("switched off", refusal.Message, StringComparison.Ordinal);
        Assert.Single(_metadata.Requests);
    }

    [Fact]
    public async Task ReadAsync_Silence_EndsAfterThreeTriesAndNamesTheHopLimit()
    {
        _metadata.IsSilent = true;

        var reading = Assert.ThrowsAsync<ImdsException>(ReadAsync);
        while (!reading.IsCompleted)
        {
            // Timeouts and pauses are timers of this clock.
            await Eventually.TrueAsync(() => reading.IsCompleted || _time.NextDue is not null, "the client neither waits nor ends");
            if (!reading.IsCompleted)
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
            }
        }

        Assert.Contains("hop limit", (await reading).Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(3.6), Round(_time.GetUtcNow() - new ManualTimeProvider().GetUtcNow()));
    }

    [Fact]
    public async Task ReadAsync_NoOneThere_SaysWhere()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var endpoint = new Uri($"http://{free.LocalEndpoint}");
        free.Stop();
        using var client = new ImdsClient(endpoint, TimeProvider.System, NullLogger<ImdsClient>.Instance);

        var refusal = await Assert.ThrowsAsync<ImdsException>(() => client.ReadAsync(Path, CancellationToken.None));

        Assert.True(refusal.IsTransient);
        Assert.Contains(endpoint.Authority, refusal.Message, StringComparison.Ordinal);
    }

    private Task<byte[]?> ReadAsync() => _client.ReadAsync(Path, CancellationToken.None);

    private static TimeSpan Round(TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds, 1));
}
