using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Harness.Simulator.Ec2.World;

/// <summary>A block of IPv4 addresses in CIDR notation. A value.</summary>
public readonly record struct Ipv4Block
{
    private Ipv4Block(uint first, int prefixLength) => (First, PrefixLength) = (first, prefixLength);

    /// <summary>The block's first address as a number.</summary>
    public uint First { get; }

    public int PrefixLength { get; }

    /// <summary>How many addresses the block holds.</summary>
    public long Count => 1L << (32 - PrefixLength);

    /// <summary>The block's last address as a number.</summary>
    public uint Last => (uint)(First + Count - 1);

    /// <summary>Reads `127.7.0.0/16`.</summary>
    /// <exception cref="FormatException">Not CIDR notation, or bits are set behind the prefix.</exception>
    public static Ipv4Block Parse(string cidr)
    {
        var parts = cidr.Split('/');
        if (parts.Length != 2 || !TryParseAddress(parts[0], out var address)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > 32)
        {
            throw new FormatException($"'{cidr}' is not an IPv4 block in CIDR notation, such as 127.7.0.0/16.");
        }

        var block = new Ipv4Block(address, length);
        return address % block.Count == 0
            ? block
            : throw new FormatException($"'{cidr}' is not an IPv4 block: it has bits set behind its /{length} prefix.");
    }

    /// <summary>Reads a dotted address as a number.</summary>
    public static bool TryParseAddress(string text, out uint address)
    {
        address = 0;
        if (!IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetwork || parsed.ToString() != text)
        {
            return false;
        }

        var bytes = parsed.GetAddressBytes();
        address = (uint)((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]);
        return true;
    }

    /// <summary>Writes an address number dotted.</summary>
    public static string FormatAddress(uint address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");

    public bool Contains(uint address) => address >= First && address <= Last;

    /// <summary>The <paramref name="index"/>th block of <paramref name="prefixLength"/> within this one.</summary>
    public Ipv4Block Part(int prefixLength, int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefixLength, PrefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, 1L << (prefixLength - PrefixLength));
        return new Ipv4Block((uint)(First + ((long)index << (32 - prefixLength))), prefixLength);
    }

    public override string ToString() => $"{FormatAddress(First)}/{PrefixLength.ToString(CultureInfo.InvariantCulture)}";
}
