using System.Net;

namespace Harness.Simulator.Fronting;

/// <summary>
/// The loopback addresses that one simulator owns: 127.N.0.0/16. Its VPC hands out private addresses from it, and each
/// instance is reached on its own. The first addresses of the block are never handed out (EC2 reserves them), so the
/// simulator's control endpoint stands there, and whoever listens on it owns the block.
/// </summary>
public readonly record struct AddressBlock
{
    /// <param name="number">N of 127.N.0.0/16: 1 to 254.</param>
    public AddressBlock(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 254);
        Number = number;
    }

    public int Number { get; }

    public string Cidr => $"127.{Number}.0.0/16";

    public IPAddress ControlAddress => new([127, (byte)Number, 0, 1]);

    public bool Contains(IPAddress address)
    {
        var bytes = Mapped(address).GetAddressBytes();
        return bytes.Length == 4 && bytes[0] == 127 && bytes[1] == Number;
    }

    public override string ToString() => Cidr;

    private static IPAddress Mapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
