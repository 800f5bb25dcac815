using System.Collections.Immutable;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Model;

/// <summary>Everything that the emulated EC2 remembers. Immutable: each step of <see cref="Ec2Model"/> makes another.</summary>
internal sealed record Ec2State
{
    public required SeedWorld World { get; init; }

    /// <summary>State of the identifier generator.</summary>
    public required ulong Entropy { get; init; }

    public ImmutableSortedDictionary<string, Instance> Instances { get; init; } =
        ImmutableSortedDictionary.Create<string, Instance>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, NetworkInterface> NetworkInterfaces { get; init; } =
        ImmutableSortedDictionary.Create<string, NetworkInterface>(StringComparer.Ordinal);

    /// <summary>Tags by resource id; resources without tags have no entry.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Tags { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>RunInstances' tokens by scope (a zone, or nothing for the region) and token.</summary>
    public ImmutableDictionary<string, LaunchToken> LaunchTokens { get; init; } =
        ImmutableDictionary.Create<string, LaunchToken>(StringComparer.Ordinal);

    public ImmutableDictionary<string, InterfaceToken> InterfaceTokens { get; init; } =
        ImmutableDictionary.Create<string, InterfaceToken>(StringComparer.Ordinal);

    /// <summary>Every address that an interface has, with that interface's id.</summary>
    public ImmutableDictionary<uint, string> Addresses { get; init; } = ImmutableDictionary<uint, string>.Empty;

    /// <summary>The address handed out last, by subnet.</summary>
    public ImmutableDictionary<string, uint> AddressCursors { get; init; } =
        ImmutableDictionary.Create<string, uint>(StringComparer.Ordinal);

    public ImmutableSortedSet<Alarm> Agenda { get; init; } = [];

    /// <summary>When <see cref="Ec2Model.Tick"/> has something to do, or null.</summary>
    public DateTimeOffset? NextDue => Agenda.Count == 0 ? null : Agenda[0].Due;

    public static Ec2State Create(SeedWorld world, long seed) => new() { World = world, Entropy = unchecked((ulong)seed) };

    /// <summary>Tags of a resource, empty when it has none.</summary>
    public ImmutableSortedDictionary<string, string> TagsOf(string resourceId) =>
        Tags.GetValueOrDefault(resourceId) ?? NoTags;

    /// <summary>The interface with device index 0, or null once the instance is terminated.</summary>
    public NetworkInterface? PrimaryInterfaceOf(Instance instance) =>
        instance.NetworkInterfaceIds.IsEmpty ? null : NetworkInterfaces[instance.NetworkInterfaceIds[0]];

    /// <summary>`ip-127-7-0-5.us-west-2.compute.internal`.</summary>
    public string PrivateDnsNameOf(uint address) =>
        $"ip-{Ipv4Block.FormatAddress(address).Replace('.', '-')}.{World.Region}.compute.internal";

    private static readonly ImmutableSortedDictionary<string, string> NoTags =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
