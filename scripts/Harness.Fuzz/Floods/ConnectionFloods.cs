using System.Net;
using System.Net.Sockets;
using Harness.Fuzz.Wire;

namespace Harness.Fuzz.Floods;

/// <summary>
/// What is known to bring HTTP/2 servers down, each on a connection of its own (the last one on a thousand). Says what the agent did:
/// the frames that it took and how it ended the connection.
/// </summary>
internal sealed class ConnectionFloods(IPEndPoint address, double scale, TimeProvider timeProvider)
{
    private const string Check = "/grpc.health.v1.Health/Check";
    private const string Watch = "/grpc.health.v1.Health/Watch";
    private const int MaxFrameBytes = 16 * 1024;

    /// <summary>How long an agent that keeps a connection open is listened to.</summary>
    private readonly TimeSpan _attention = TimeSpan.FromSeconds(2) * Math.Clamp(scale, 0.1, 1);

    public IEnumerable<(string Name, Func<CancellationToken, Task<string>> Run)> All() =>
    [
        ("rapid reset", token => SendAsync(Times(20_000), RapidReset, token)),
        ("streams that never end", token => SendAsync(Times(20_000), index => FrameBytes.Call((2 * index) + 1, Watch), token)),
        ("1 MiB of headers", token => SendAsync([FrameBytes.Opening(), .. LargeHeaders(1024 * 1024)], token)),
        ("continuations without end", token => SendAsync(Times(20_000), EmptyContinuation, token)),
        ("pings", token => SendAsync(Times(100_000), _ => FrameBytes.Frame(FrameBytes.Ping, 0, 0, new byte[8]), token)),
        ("settings", token => SendAsync(Times(100_000), _ => FrameBytes.Frame(FrameBytes.Settings, 0, 0, []), token)),
        ("empty data", token => SendAsync(Times(100_000), EmptyData, token)),
        ("window updates past the limit", token => SendAsync(Times(10), _ => FrameBytes.Frame(FrameBytes.WindowUpdate, 0, 0, FrameBytes.Number(int.MaxValue)), token)),
        ("pings, replies unread", token => SendUnreadAsync(Times(100_000), _ => FrameBytes.Frame(FrameBytes.Ping, 0, 0, new byte[8]), token)),
        ("calls, replies unread", token => SendUnreadAsync(Times(20_000), Call, token)),
        ("connections", ConnectManyAsync),
    ];

    private int Times(int count) => Math.Max(10, (int)(count * scale));

    private static byte[] RapidReset(int index) =>
    [
        .. FrameBytes.Call((2 * index) + 1, Check),
        .. FrameBytes.Frame(FrameBytes.ResetStream, 0, (2 * index) + 1, FrameBytes.Number(FrameBytes.Http2Cancel)),
    ];

    private static byte[] Call(int index) =>
    [
        .. FrameBytes.Call((2 * index) + 1, Check),
        .. FrameBytes.Frame(FrameBytes.Data, FrameBytes.EndStream, (2 * index) + 1, FrameBytes.Message([])),
    ];

    private static byte[] EmptyData(int index) =>
        index == 0 ? FrameBytes.Call(1, Check) : FrameBytes.Frame(FrameBytes.Data, 0, 1, []);

    private static byte[] EmptyContinuation(int index) => index == 0
        ? FrameBytes.Call(1, Check, flags: 0)
        : FrameBytes.Frame(FrameBytes.Continuation, 0, 1, []);

    private static IEnumerable<byte[]> LargeHeaders(int bytes)
    {
        var block = HeaderBlock.ForCall(Check, ("x-large", new string('a', bytes)));
        for (var at = 0; at < block.Length; at += MaxFrameBytes)
        {
            var length = Math.Min(MaxFrameBytes, block.Length - at);
            var flags = at + length == block.Length ? FrameBytes.EndHeaders : (byte)0;
            yield return FrameBytes.Frame(at == 0 ? FrameBytes.Headers : FrameBytes.Continuation, flags, 1, block.AsSpan(at, length));
        }
    }

    private Task<string> SendAsync(int count, Func<int, byte[]> make, CancellationToken cancellationToken) =>
        SendAsync(Enumerable.Range(0, count).Select(make).Prepend(FrameBytes.Opening()), cancellationToken);

    private async Task<string> SendAsync(IEnumerable<byte[]> frames, CancellationToken cancellationToken)
    {
        using var connection = await RawConnection.OpenAsync(address, cancellationToken);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = connection.ReadAsync(enough.Token);
        var sent = await SendAllAsync(connection, frames, cancellationToken);
        await Task.WhenAny(reading, Task.Delay(_attention, timeProvider, cancellationToken));
        await enough.CancelAsync();
        await reading;
        return $"{sent} pieces taken, then {connection.Replies.GoAway ?? connection.Ending ?? "still open"} ({connection.Replies.Frames} frames back)";
    }

    /// <summary>Never reads: a server that queues replies without end would grow, one with limits stops taking.</summary>
    private async Task<string> SendUnreadAsync(int count, Func<int, byte[]> make, CancellationToken cancellationToken)
    {
        using var connection = await RawConnection.OpenAsync(address, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_attention * 2);
        var sent = 0;
        try
        {
            await connection.TrySendAsync(FrameBytes.Opening(), patience.Token);
            while (sent < count && await connection.TrySendAsync(make(sent), patience.Token))
            {
                sent++;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{sent} pieces taken, then no more";
        }

        return $"{sent} of {count} pieces taken";
    }

    /// <summary>A thousand clients who each begin a stream and stay.</summary>
    private async Task<string> ConnectManyAsync(CancellationToken cancellationToken)
    {
        var connections = new List<RawConnection>();
        var refused = 0;
        try
        {
            for (var index = 0; index < Times(1000); index++)
            {
                try
                {
                    connections.Add(await RawConnection.OpenAsync(address, cancellationToken));
                }
                catch (SocketException)
                {
                    refused++;
                }
            }

            byte[] begin =
            [
                .. FrameBytes.Opening(), .. FrameBytes.Call(1, Watch),
                .. FrameBytes.Frame(FrameBytes.Data, FrameBytes.EndStream, 1, FrameBytes.Message([])),
            ];
            await Task.WhenAll(connections.Select(connection => connection.TrySendAsync(begin, cancellationToken)));
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var reading = Task.WhenAll(connections.Select(connection => connection.ReadAsync(enough.Token)));
            await Task.WhenAny(reading, Task.Delay(_attention * 3, timeProvider, cancellationToken));
            await enough.CancelAsync();
            await reading;
            var served = connections.Count(connection => connection.Ending is null && connection.Replies.Frames > 2);
            return $"{connections.Count} opened, {refused} refused, {served} served";
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<int> SendAllAsync(RawConnection connection, IEnumerable<byte[]> frames, CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var frame in frames)
        {
            if (connection.Ending is not null || !await connection.TrySendAsync(frame, cancellationToken))
            {
                break;
            }

            sent++;
        }

        return sent;
    }
}
