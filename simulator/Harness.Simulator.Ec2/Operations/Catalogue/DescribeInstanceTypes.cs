using System.Globalization;
using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Operations.Catalogue;

/// <summary>DescribeInstanceTypes. Pure.</summary>
internal static class DescribeInstanceTypes
{
    private static readonly FilterTable<InstanceTypeSpec> Filters = new(
        new Dictionary<string, FilterValues<InstanceTypeSpec>>(StringComparer.Ordinal)
        {
            ["instance-type"] = (_, type) => [type.Name],
            ["bare-metal"] = (_, type) => [Flag(type.IsBareMetal)],
            ["burstable-performance-supported"] = (_, type) => [Flag(type.IsBurstable)],
            ["current-generation"] = (_, _) => ["true"],
            ["dedicated-hosts-supported"] = (_, type) => [Flag(!type.IsBurstable)],
            ["free-tier-eligible"] = (_, type) => [Flag(type.Name == "t3.micro")],
            ["hibernation-supported"] = (_, _) => ["false"],
            ["hypervisor"] = (_, type) => [type.IsBareMetal ? null : "nitro"],
            ["instance-storage-supported"] = (_, _) => ["false"],
            ["memory-info.size-in-mib"] = (_, type) => [Number(type.MemoryMiB)],
            ["network-info.maximum-network-interfaces"] = (_, type) => [Number(type.MaximumNetworkInterfaces)],
            ["network-info.ipv4-addresses-per-interface"] = (_, type) => [Number(type.Ipv4AddressesPerInterface)],
            ["network-info.network-performance"] = (_, type) => [type.NetworkPerformance],
            ["network-info.ena-support"] = (_, _) => ["required"],
            ["processor-info.supported-architecture"] = (_, type) => [type.Architecture],
            ["supported-root-device-type"] = (_, _) => ["ebs"],
            ["supported-usage-class"] = (_, type) => type.IsMac ? ["on-demand"] : ["on-demand", "spot"],
            ["supported-virtualization-type"] = (_, _) => ["hvm"],
            ["vcpu-info.default-vcpus"] = (_, type) => [Number(type.VCpus)],
            ["vcpu-info.default-cores"] = (_, type) => [Number(type.VCpus / type.ThreadsPerCore)],
            ["vcpu-info.default-threads-per-core"] = (_, type) => [Number(type.ThreadsPerCore)],
        });

    private static readonly Listing<InstanceTypeSpec> List =
        new("DescribeInstanceTypes", "instanceTypeSet", Filters, type => type.Name, least: 5, most: 100);

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        var names = parameters.List("InstanceType");
        Listing<InstanceTypeSpec>.RefusePagedIds(parameters, names, "instanceTypeSet");
        var missing = names.Where(name => transaction.World.InstanceTypes.All(type => type.Name != name)).ToList();
        if (missing.Count > 0)
        {
            throw new Ec2Refusal(
                "InvalidInstanceType", $"The following supplied instance types do not exist: [{string.Join(", ", missing)}]");
        }

        var types = transaction.World.InstanceTypes.Where(type => names.Count == 0 || names.Contains(type.Name));
        return List.Answer(
            transaction, parameters, types.OrderBy(type => type.Name, StringComparer.Ordinal), (_, type) => InstanceTypeXml.Of(type));
    }

    private static string Flag(bool flag) => flag ? "true" : "false";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
