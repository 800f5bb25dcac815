namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>A reader asked for writes that the store's bounded window no longer holds; it has to list again.</summary>
public sealed class RevisionExpiredException(long requested, long oldest)
    : Exception($"too old resource version: {requested} ({oldest})")
{
    /// <summary>The revision after which the reader wanted to go on.</summary>
    public long Requested { get; } = requested;

    /// <summary>The oldest write that is left.</summary>
    public long Oldest { get; } = oldest;
}
