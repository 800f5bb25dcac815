using System.Collections.Immutable;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Operations.NetworkInterfaces;

/// <summary>A network interface that a launch asks for: a new one, or (<see cref="ExistingId"/>) one that is there.</summary>
internal sealed record InterfaceRequest(
    int DeviceIndex, string? ExistingId, Subnet Subnet, ImmutableArray<string> GroupIds, string? PrivateIpAddress, bool DeleteOnTermination,
    string Description);
