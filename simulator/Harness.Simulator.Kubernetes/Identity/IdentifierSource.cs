using System.Buffers.Binary;

namespace Harness.Simulator.Kubernetes.Identity;

/// <summary>
/// All identifiers that the server makes up (uids, suffixes of generated names, tokens), from one seed: the same seed and the same order of
/// requests give the same identifiers. Safe for any thread.
/// </summary>
public sealed class IdentifierSource(int seed)
{
    private const string SuffixAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <summary>A version 4 UUID in its text form.</summary>
    public string NewUid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock)
        {
            _random.NextBytes(bytes);
        }

        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>The five letters and digits that complete a <c>generateName</c>; no vowels, no look-alikes.</summary>
    public string NewSuffix()
    {
        lock (_lock)
        {
            return new string(_random.GetItems<char>(SuffixAlphabet, 5));
        }
    }

    /// <summary>A number for what needs some chance.</summary>
    public long NewNumber()
    {
        Span<byte> bytes = stackalloc byte[8];
        lock (_lock)
        {
            _random.NextBytes(bytes);
        }

        return BinaryPrimitives.ReadInt64LittleEndian(bytes) & long.MaxValue;
    }
}
