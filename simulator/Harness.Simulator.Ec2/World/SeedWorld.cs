using System.Collections.Immutable;

namespace Harness.Simulator.Ec2.World;

/// <summary>
/// What an account and region hold before the first call: zones, one VPC with a subnet per zone, a security group, images, types, a key
/// pair and an instance profile. The identifiers are fixed so that samples and configurations can name them. A value.
/// </summary>
public sealed record SeedWorld
{
    /// <summary>The default VPC.</summary>
    public const string DefaultVpcId = "vpc-0a000000000000001";

    /// <summary>The subnet of the first zone; those of the next zones end in 2 and 3.</summary>
    public const string DefaultSubnetId = "subnet-0a000000000000001";

    /// <summary>The default security group of the default VPC.</summary>
    public const string DefaultSecurityGroupId = "sg-0a000000000000001";

    /// <summary>A second security group, named `agents`.</summary>
    public const string AgentSecurityGroupId = "sg-0a000000000000002";

    /// <summary>Linux, x86_64.</summary>
    public const string LinuxX64ImageId = "ami-0a000000000000001";

    /// <summary>Linux, arm64.</summary>
    public const string LinuxArm64ImageId = "ami-0a000000000000002";

    /// <summary>macOS for mac1 instances.</summary>
    public const string MacX64ImageId = "ami-0a000000000000003";

    /// <summary>macOS for mac2 instances.</summary>
    public const string MacArm64ImageId = "ami-0a000000000000004";

    /// <summary>The one key pair.</summary>
    public const string DefaultKeyName = "harness";

    /// <summary>The one instance profile.</summary>
    public const string DefaultInstanceProfileName = "harness-instance";

    public string Region { get; init; } = "us-west-2";

    /// <summary>The account that owns everything.</summary>
    public string OwnerId { get; init; } = "123456789012";

    public required ImmutableArray<AvailabilityZone> AvailabilityZones { get; init; }

    public required ImmutableArray<Vpc> Vpcs { get; init; }

    public required ImmutableArray<Subnet> Subnets { get; init; }

    public required ImmutableArray<SecurityGroup> SecurityGroups { get; init; }

    public required ImmutableArray<MachineImage> Images { get; init; }

    public required ImmutableArray<InstanceTypeSpec> InstanceTypes { get; init; }

    public required ImmutableArray<KeyPair> KeyPairs { get; init; }

    public required ImmutableArray<InstanceProfile> InstanceProfiles { get; init; }

    /// <summary>
    /// The world of one simulator: us-west-2 with zones a, b and c, a VPC over <paramref name="block"/> and, for each zone, a subnet
    /// of a quarter of it.
    /// </summary>
    /// <param name="block">The simulator's block of loopback addresses, /24 or larger.</param>
    public static SeedWorld Create(Ipv4Block block)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(block.PrefixLength, 24, nameof(block));
        ImmutableArray<AvailabilityZone> zones =
            [new("us-west-2a", "usw2-az1"), new("us-west-2b", "usw2-az2"), new("us-west-2c", "usw2-az3")];
        return new SeedWorld
        {
            AvailabilityZones = zones,
            Vpcs = [new Vpc(DefaultVpcId, block, IsDefault: true)],
            Subnets = [.. zones.Select((zone, index) => SubnetOf(block, zone, index))],
            SecurityGroups =
            [
                new SecurityGroup(DefaultSecurityGroupId, "default", "default VPC security group", DefaultVpcId),
                new SecurityGroup(AgentSecurityGroupId, "agents", "Instances that run an agent", DefaultVpcId),
            ],
            Images = DefaultImages(),
            InstanceTypes = InstanceTypeCatalogue.Default,
            KeyPairs = [new KeyPair("key-0a000000000000001", DefaultKeyName, "0a:00:00:00:00:00:00:00:00:00:00:00:00:00:00:01", "ed25519")],
            InstanceProfiles =
            [
                new InstanceProfile(
                    DefaultInstanceProfileName, "AIPA0A00000000000001",
                    $"arn:aws:iam::123456789012:instance-profile/{DefaultInstanceProfileName}"),
            ],
        };
    }

    private static Subnet SubnetOf(Ipv4Block block, AvailabilityZone zone, int index) => new(
        string.Concat(DefaultSubnetId.AsSpan(0, DefaultSubnetId.Length - 1), $"{index + 1}"),
        DefaultVpcId, zone.ZoneName, block.Part(block.PrefixLength + 2, index), DefaultForAz: true);

    private static ImmutableArray<MachineImage> DefaultImages() =>
    [
        new(LinuxX64ImageId, "harness-linux-x86_64", "x86_64", "Linux for x86_64 instances", "/dev/xvda", 8),
        new(LinuxArm64ImageId, "harness-linux-arm64", "arm64", "Linux for arm64 instances", "/dev/xvda", 8),
        new(MacX64ImageId, "harness-macos-x86_64", "x86_64_mac", "macOS for mac1 instances", "/dev/sda1", 100),
        new(MacArm64ImageId, "harness-macos-arm64", "arm64_mac", "macOS for mac2 instances", "/dev/sda1", 100),
    ];
}
