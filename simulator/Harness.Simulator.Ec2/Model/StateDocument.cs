using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Model;

/// <summary>
/// The state as a JSON document, so that a simulator can go on where another ended. Holds what calls made; the world (zones, network,
/// images, types) comes from the options and must fit. A value.
/// </summary>
internal sealed record StateDocument
{
    private const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() },
    };

    public required int Version { get; init; }

    public required ulong Entropy { get; init; }

    public required ImmutableArray<Instance> Instances { get; init; }

    public required ImmutableArray<NetworkInterface> NetworkInterfaces { get; init; }

    public required Dictionary<string, Dictionary<string, string>> Tags { get; init; }

    public required Dictionary<string, LaunchToken> LaunchTokens { get; init; }

    public required Dictionary<string, InterfaceToken> InterfaceTokens { get; init; }

    public required Dictionary<string, uint> AddressCursors { get; init; }

    public required ImmutableArray<Alarm> Agenda { get; init; }

    public static string Write(Ec2State state) => JsonSerializer.Serialize(
        new StateDocument
        {
            Version = CurrentVersion,
            Entropy = state.Entropy,
            Instances = [.. state.Instances.Values],
            NetworkInterfaces = [.. state.NetworkInterfaces.Values],
            Tags = state.Tags.ToDictionary(tags => tags.Key, tags => tags.Value.ToDictionary()),
            LaunchTokens = Sorted(state.LaunchTokens),
            InterfaceTokens = Sorted(state.InterfaceTokens),
            AddressCursors = Sorted(state.AddressCursors),
            Agenda = [.. state.Agenda],
        },
        Json);

    /// <summary>Reads a document into a state over <paramref name="world"/>.</summary>
    /// <exception cref="ArgumentException">It is no such document, or names what the world does not have.</exception>
    public static Ec2State Read(string json, SeedWorld world)
    {
        var document = Parse(json);
        if (document.Version != CurrentVersion)
        {
            throw new ArgumentException(
                $"The saved EC2 state has version {document.Version}; this program reads version {CurrentVersion}. Start without it.");
        }

        foreach (var networkInterface in document.NetworkInterfaces)
        {
            Check(networkInterface, world);
        }

        foreach (var instance in document.Instances)
        {
            Check(instance, world);
        }

        return document.ToState(world);
    }

    private static StateDocument Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<StateDocument>(json, Json) ?? throw new JsonException("The document is null.");
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The saved EC2 state cannot be read ({exception.Message}). Start without it.", exception);
        }
    }

    private static void Check(NetworkInterface networkInterface, SeedWorld world)
    {
        var subnet = world.Subnets.FirstOrDefault(subnet => subnet.SubnetId == networkInterface.SubnetId);
        if (subnet is null || !subnet.CidrBlock.Contains(networkInterface.Address))
        {
            throw new ArgumentException(
                $"The saved EC2 state has {networkInterface.NetworkInterfaceId} at {Ipv4Block.FormatAddress(networkInterface.Address)} in "
                + $"{networkInterface.SubnetId}, which is not in this simulator's block. "
                + "Start without it, or with the block that it was saved with.");
        }
    }

    private static void Check(Instance instance, SeedWorld world)
    {
        if (world.Images.All(image => image.ImageId != instance.ImageId)
            || world.InstanceTypes.All(type => type.Name != instance.InstanceType))
        {
            throw new ArgumentException(
                $"The saved EC2 state has {instance.InstanceId} of {instance.ImageId} and {instance.InstanceType}, "
                + "which are not both here. Start without it.");
        }
    }

    private static Dictionary<string, T> Sorted<T>(ImmutableDictionary<string, T> values) =>
        values.OrderBy(value => value.Key, StringComparer.Ordinal).ToDictionary(
            value => value.Key, value => value.Value, StringComparer.Ordinal);

    private Ec2State ToState(SeedWorld world)
    {
        var empty = Ec2State.Create(world, 0);
        return empty with
        {
            Entropy = Entropy,
            Instances = empty.Instances.AddRange(Instances.Select(instance => KeyValuePair.Create(instance.InstanceId, instance))),
            NetworkInterfaces = empty.NetworkInterfaces.AddRange(
                NetworkInterfaces.Select(one => KeyValuePair.Create(one.NetworkInterfaceId, one))),
            Tags = empty.Tags.AddRange(
                Tags.Select(tags => KeyValuePair.Create(tags.Key, tags.Value.ToImmutableSortedDictionary(StringComparer.Ordinal)))),
            LaunchTokens = empty.LaunchTokens.AddRange(LaunchTokens),
            InterfaceTokens = empty.InterfaceTokens.AddRange(InterfaceTokens),
            Addresses = empty.Addresses.AddRange(NetworkInterfaces.Select(one => KeyValuePair.Create(one.Address, one.NetworkInterfaceId))),
            AddressCursors = empty.AddressCursors.AddRange(AddressCursors),
            Agenda = [.. Agenda],
        };
    }
}
