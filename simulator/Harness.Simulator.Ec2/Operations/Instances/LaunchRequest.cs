using System.Collections.Immutable;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Operations.NetworkInterfaces;
using Harness.Simulator.Ec2.Operations.Tags;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>A RunInstances call, read and checked against what is there. A value.</summary>
internal sealed record LaunchRequest
{
    public required int MinCount { get; init; }

    public required int MaxCount { get; init; }

    public required MachineImage Image { get; init; }

    public required InstanceTypeSpec Type { get; init; }

    public required ImmutableArray<InterfaceRequest> Interfaces { get; init; }

    public string? KeyName { get; init; }

    public InstanceProfile? Profile { get; init; }

    public string? UserDataBase64 { get; init; }

    public string? ClientToken { get; init; }

    public required MetadataOptions MetadataOptions { get; init; }

    public bool DisableApiTermination { get; init; }

    public bool TerminatesOnShutdown { get; init; }

    public bool EbsOptimized { get; init; }

    public bool DetailedMonitoring { get; init; }

    public required string Tenancy { get; init; }

    public required (int SizeGiB, bool DeleteOnTermination) RootVolume { get; init; }

    public required TagSpecifications Tags { get; init; }

    public Subnet Subnet => Interfaces[0].Subnet;

    public static LaunchRequest Read(Transaction transaction, QueryParameters parameters)
    {
        parameters.Accept("CreditSpecification", "CpuOptions", "MaintenanceOptions", "PrivateDnsNameOptions");
        var (minCount, maxCount) = LaunchParameters.Counts(parameters);
        var image = LaunchParameters.Image(transaction.World, parameters);
        var placement = parameters.Structure("Placement");
        var request = new LaunchRequest
        {
            MinCount = minCount,
            MaxCount = maxCount,
            Image = image,
            Type = LaunchParameters.Type(transaction.World, parameters, image),
            Interfaces = InterfaceRequests.Read(transaction, parameters, placement.Text("AvailabilityZone")),
            KeyName = LaunchParameters.KeyName(transaction.World, parameters),
            Profile = ProfileLookup.Read(transaction.World, parameters.Structure("IamInstanceProfile")),
            UserDataBase64 = LaunchParameters.UserData(parameters),
            ClientToken = parameters.Text("ClientToken"),
            MetadataOptions = LaunchParameters.Metadata(parameters.Structure("MetadataOptions")),
            DisableApiTermination = parameters.Flag("DisableApiTermination"),
            TerminatesOnShutdown = LaunchParameters.TerminatesOnShutdown(parameters.Text("InstanceInitiatedShutdownBehavior")),
            EbsOptimized = parameters.Flag("EbsOptimized"),
            DetailedMonitoring = parameters.Structure("Monitoring").Flag("Enabled"),
            Tenancy = LaunchParameters.Tenancy(placement),
            RootVolume = LaunchParameters.RootVolume(parameters, image),
            Tags = TagSpecifications.Read(parameters, "instance", "network-interface", "volume"),
        };
        return maxCount > 1 && request.Interfaces.Any(wanted => wanted.ExistingId is not null || wanted.PrivateIpAddress is not null)
            ? throw Refusals.InvalidParameterCombination(
                "A network interface or a private address can be given to one instance only: MaxCount must be 1.")
            : request;
    }
}
