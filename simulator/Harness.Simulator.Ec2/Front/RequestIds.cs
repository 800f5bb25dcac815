namespace Harness.Simulator.Ec2.Front;

/// <summary>Seeded request ids, in the form of a version 4 UUID. Thread-safe.</summary>
internal sealed class RequestIds(long seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32))));

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock)
        {
            _random.NextBytes(bytes);
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
