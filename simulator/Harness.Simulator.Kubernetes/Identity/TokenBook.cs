using System.Collections.Concurrent;

namespace Harness.Simulator.Kubernetes.Identity;

/// <summary>
/// Bearer tokens that were handed out and whose they are, until they expire. Tokens are random texts without meaning. Safe for any thread.
/// </summary>
public sealed class TokenBook(IdentifierSource identifiers, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new();

    /// <summary>Makes a token for a user.</summary>
    public string Issue(UserIdentity user, DateTimeOffset expires)
    {
        DropExpired();
        string token = $"{identifiers.NewUid()}{identifiers.NewUid()}".Replace("-", "", StringComparison.Ordinal);
        _entries[token] = new Entry(user, expires);
        return token;
    }

    /// <summary>Takes a token that someone chose; it never expires.</summary>
    public void Add(string token, UserIdentity user) => _entries[token] = new Entry(user, DateTimeOffset.MaxValue);

    /// <summary>Whose token this is; null when nobody's, or no longer.</summary>
    public UserIdentity? Find(string token) => _entries.TryGetValue(token, out Entry? entry) && entry.Expires > time.GetUtcNow() ? entry.User : null;

    private void DropExpired()
    {
        foreach ((string token, Entry entry) in _entries)
        {
            if (entry.Expires <= time.GetUtcNow())
            {
                _entries.TryRemove(token, out _);
            }
        }
    }

    private sealed record Entry(UserIdentity User, DateTimeOffset Expires);
}
