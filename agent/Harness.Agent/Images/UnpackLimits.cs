namespace Harness.Agent.Images;

/// <summary>How large an archive and what comes out of it may be.</summary>
internal sealed record UnpackLimits(long ArchiveBytes, long ContentBytes, int Entries)
{
    public static UnpackLimits Default { get; } = new(8L << 30, 32L << 30, 1_000_000);
}
