using System.Collections.Immutable;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Model;

/// <summary>
/// Hands out a subnet's private addresses: the next free one after the one handed out last, so that the address of an instance that has
/// just gone is not at once another's. (EC2 takes any; a fixed order makes runs repeatable.) Pure, within a <see cref="Transaction"/>.
/// </summary>
internal static class AddressPool
{
    public static uint Take(Transaction transaction, Subnet subnet)
    {
        var state = transaction.State;
        var count = subnet.LastUsable - subnet.FirstUsable + 1;
        var start = state.AddressCursors.TryGetValue(subnet.SubnetId, out var last) ? last + 1 - subnet.FirstUsable : 0;
        for (uint step = 0; step < count; step++)
        {
            var address = subnet.FirstUsable + ((start + step) % count);
            if (!state.Addresses.ContainsKey(address))
            {
                transaction.Update(before => before with { AddressCursors = before.AddressCursors.SetItem(subnet.SubnetId, address) });
                return address;
            }
        }

        throw new Ec2Refusal(
            "InsufficientFreeAddressesInSubnet",
            $"There are not enough free addresses in subnet '{subnet.SubnetId}' to satisfy the requested number of instances.");
    }

    /// <summary>A given address, if it is the subnet's and free.</summary>
    public static uint Take(Transaction transaction, Subnet subnet, string wanted)
    {
        if (!Ipv4Block.TryParseAddress(wanted, out var address))
        {
            throw Refusals.InvalidParameterValue($"Invalid IPv4 address '{wanted}'.");
        }

        if (address < subnet.FirstUsable || address > subnet.LastUsable)
        {
            throw Refusals.InvalidParameterValue(subnet.CidrBlock.Contains(address)
                ? $"Address {wanted} is in subnet's reserved address range"
                : $"Address {wanted} does not fall within the subnet's address range");
        }

        return transaction.State.Addresses.ContainsKey(address)
            ? throw new Ec2Refusal("InvalidIPAddress.InUse", $"Address {wanted} is in use.")
            : address;
    }

    /// <summary>How many addresses of each subnet are free.</summary>
    public static ImmutableDictionary<string, long> FreeBySubnet(Ec2State state)
    {
        var used = state.NetworkInterfaces.Values.GroupBy(networkInterface => networkInterface.SubnetId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.LongCount(), StringComparer.Ordinal);
        return state.World.Subnets.ToImmutableDictionary(
            subnet => subnet.SubnetId,
            subnet => subnet.LastUsable - (long)subnet.FirstUsable + 1 - used.GetValueOrDefault(subnet.SubnetId), StringComparer.Ordinal);
    }
}
