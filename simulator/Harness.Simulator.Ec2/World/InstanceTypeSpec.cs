namespace Harness.Simulator.Ec2.World;

/// <summary>What EC2 tells of an instance type.</summary>
/// <param name="Name">`m5.large`.</param>
/// <param name="Architecture">`x86_64`, `arm64`, `x86_64_mac` or `arm64_mac`.</param>
/// <param name="VCpus">Default vCPUs.</param>
/// <param name="ThreadsPerCore">1 or 2.</param>
/// <param name="MemoryMiB">Memory.</param>
/// <param name="MaximumNetworkInterfaces">ENIs that may be attached.</param>
/// <param name="Ipv4AddressesPerInterface">Private IPv4 addresses of each.</param>
/// <param name="NetworkPerformance">EC2's words for its bandwidth.</param>
public sealed record InstanceTypeSpec(
    string Name, string Architecture, int VCpus, int ThreadsPerCore, int MemoryMiB, int MaximumNetworkInterfaces,
    int Ipv4AddressesPerInterface, string NetworkPerformance)
{
    public bool IsBareMetal => Name.EndsWith(".metal", StringComparison.Ordinal);

    public bool IsMac => Name.StartsWith("mac", StringComparison.Ordinal);

    public bool IsBurstable => Name.StartsWith('t');
}
