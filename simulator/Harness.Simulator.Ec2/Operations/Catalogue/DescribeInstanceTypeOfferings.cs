using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Catalogue;

/// <summary>DescribeInstanceTypeOfferings: every type is offered in every zone. Pure.</summary>
internal static class DescribeInstanceTypeOfferings
{
    private static readonly FilterTable<Offering> Filters = new(
        new Dictionary<string, FilterValues<Offering>>(StringComparer.Ordinal)
        {
            ["instance-type"] = (_, offering) => [offering.InstanceType],
            ["location"] = (_, offering) => [offering.Location],
        });

    private static readonly Listing<Offering> List = new(
        "DescribeInstanceTypeOfferings", "instanceTypeOfferingSet", Filters, offering => $"{offering.InstanceType}\0{offering.Location}");

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        var world = transaction.World;
        var locationType = parameters.Text("LocationType") ?? "region";
        IEnumerable<string> locations = locationType switch
        {
            "region" => [world.Region],
            "availability-zone" => world.AvailabilityZones.Select(zone => zone.ZoneName),
            "availability-zone-id" => world.AvailabilityZones.Select(zone => zone.ZoneId),
            _ => throw Refusals.InvalidParameterValue($"Value ({locationType}) for parameter locationType is invalid."),
        };
        var offerings = world.InstanceTypes.OrderBy(type => type.Name, StringComparer.Ordinal)
            .SelectMany(type => locations.Order(StringComparer.Ordinal).Select(location => new Offering(type.Name, location)));
        return List.Answer(transaction, parameters, offerings, (_, offering) =>
            [Text("instanceType", offering.InstanceType), Text("locationType", locationType), Text("location", offering.Location)]);
    }

    private sealed record Offering(string InstanceType, string Location);
}
