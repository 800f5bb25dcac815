using System.Net;
using System.Net.Sockets;
using Harness.Fuzz.Wire;

namespace Harness.Fuzz.Cases;

/// <summary>Sends cases to the agent, each on a connection of its own, and says how it ended. Thread-safe.</summary>
internal sealed class CaseRunner(IPEndPoint address, TimeProvider timeProvider)
{
    /// <summary>How long an agent that keeps a connection open is listened to.</summary>
    private static readonly TimeSpan Attention = TimeSpan.FromMilliseconds(100);

    public async Task<string> RunAsync(FuzzCase each, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await RawConnection.OpenAsync(address, cancellationToken);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var reading = connection.ReadAsync(enough.Token);
            foreach (var piece in each.Pieces)
            {
                if (!await connection.TrySendAsync(piece, cancellationToken))
                {
                    break;
                }
            }

            await Task.WhenAny(reading, Task.Delay(Attention, timeProvider, cancellationToken));
            await enough.CancelAsync();
            await reading;
            if (each.IsReset)
            {
                connection.Reset();
            }

            return Describe(connection);
        }
        catch (SocketException exception)
        {
            return $"not connected: {exception.SocketErrorCode}";
        }
    }

    private static string Describe(RawConnection connection) => (connection.Replies.GoAway, connection.Ending) switch
    {
        ({ } error, _) => $"GOAWAY {error}",
        (null, { } ending) => $"{ending} without GOAWAY",
        _ when connection.Replies.Resets > 0 => "stream reset",
        _ when connection.Replies.Frames > 0 => "answered",
        _ => "silent",
    };
}
