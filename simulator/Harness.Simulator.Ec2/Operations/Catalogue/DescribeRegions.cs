using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Catalogue;

/// <summary>DescribeRegions: the one region. Pure.</summary>
internal static class DescribeRegions
{
    private static readonly FilterTable<string> Filters = new(
        new Dictionary<string, FilterValues<string>>(StringComparer.Ordinal)
        {
            ["region-name"] = (_, region) => [region],
            ["endpoint"] = (_, region) => [EndpointOf(region)],
            ["opt-in-status"] = (_, _) => ["opt-in-not-required"],
        });

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        parameters.Accept("AllRegions");
        var names = parameters.List("RegionName");
        var region = transaction.World.Region;
        if (names.FirstOrDefault(name => name != region) is { } unknown)
        {
            throw Refusals.InvalidParameterValue($"Invalid region: [{unknown}]");
        }

        return
        [
            Set("regionInfo", Filters.Select(transaction.State, parameters, [region]), name =>
                [Text("optInStatus", "opt-in-not-required"), Text("regionName", name), Text("regionEndpoint", EndpointOf(name))]),
        ];
    }

    private static string EndpointOf(string region) => $"ec2.{region}.amazonaws.com";
}
