using System.Xml.Linq;
using Harness.Simulator.Ec2.World;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Catalogue;

/// <summary>How EC2 writes an instance type. Pure.</summary>
internal static class InstanceTypeXml
{
    public static IEnumerable<object?> Of(InstanceTypeSpec type) =>
    [
        Text("instanceType", type.Name),
        Flag("currentGeneration", true),
        Flag("freeTierEligible", type.Name == "t3.micro"),
        TextSet("supportedUsageClasses", type.IsMac ? ["on-demand"] : ["on-demand", "spot"]),
        TextSet("supportedRootDeviceTypes", "ebs"),
        TextSet("supportedVirtualizationTypes", "hvm"),
        Flag("bareMetal", type.IsBareMetal),
        type.IsBareMetal ? null : Text("hypervisor", "nitro"),
        Element("processorInfo", TextSet("supportedArchitectures", type.Architecture)),
        Element(
            "vCpuInfo",
            Number("defaultVCpus", type.VCpus),
            Number("defaultCores", type.VCpus / type.ThreadsPerCore),
            Number("defaultThreadsPerCore", type.ThreadsPerCore)),
        Element("memoryInfo", Number("sizeInMiB", type.MemoryMiB)),
        Flag("instanceStorageSupported", false),
        Element("ebsInfo", Text("ebsOptimizedSupport", "default"), Text("encryptionSupport", "supported"), Text("nvmeSupport", "required")),
        Network(type),
        Element("placementGroupInfo", TextSet("supportedStrategies", "partition", "spread")),
        Flag("hibernationSupported", false),
        Flag("burstablePerformanceSupported", type.IsBurstable),
        Flag("dedicatedHostsSupported", !type.IsBurstable),
        Flag("autoRecoverySupported", !type.IsBareMetal),
    ];

    private static XElement Network(InstanceTypeSpec type) => Element(
        "networkInfo",
        Text("networkPerformance", type.NetworkPerformance),
        Number("maximumNetworkInterfaces", type.MaximumNetworkInterfaces),
        Number("maximumNetworkCards", 1),
        Number("defaultNetworkCardIndex", 0),
        Set("networkCards", [type], card =>
        [
            Number("networkCardIndex", 0), Text("networkPerformance", card.NetworkPerformance),
            Number("maximumNetworkInterfaces", card.MaximumNetworkInterfaces),
        ]),
        Number("ipv4AddressesPerInterface", type.Ipv4AddressesPerInterface),
        Number("ipv6AddressesPerInterface", type.Ipv4AddressesPerInterface),
        Flag("ipv6Supported", true),
        Text("enaSupport", "required"),
        Flag("efaSupported", false));
}
