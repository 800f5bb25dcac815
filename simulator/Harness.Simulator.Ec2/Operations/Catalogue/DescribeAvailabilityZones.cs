using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Catalogue;

/// <summary>DescribeAvailabilityZones; not paged, as on EC2. Pure.</summary>
internal static class DescribeAvailabilityZones
{
    private static readonly FilterTable<AvailabilityZone> Filters = new(
        new Dictionary<string, FilterValues<AvailabilityZone>>(StringComparer.Ordinal)
        {
            ["zone-name"] = (_, zone) => [zone.ZoneName],
            ["zone-id"] = (_, zone) => [zone.ZoneId],
            ["zone-type"] = (_, _) => ["availability-zone"],
            ["state"] = (_, _) => ["available"],
            ["region-name"] = (state, _) => [state.World.Region],
            ["group-name"] = (state, _) => [GroupNameOf(state)],
            ["opt-in-status"] = (_, _) => ["opt-in-not-required"],
            ["message"] = (_, _) => [],
            ["parent-zone-id"] = (_, _) => [],
            ["parent-zone-name"] = (_, _) => [],
        });

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        parameters.Accept("AllAvailabilityZones");
        var (names, ids) = (parameters.List("ZoneName"), parameters.List("ZoneId"));
        var all = transaction.World.AvailabilityZones;
        var unknown = names.Except(all.Select(zone => zone.ZoneName)).Concat(ids.Except(all.Select(zone => zone.ZoneId))).FirstOrDefault();
        if (unknown is not null)
        {
            throw Refusals.InvalidParameterValue($"Invalid availability zone: [{unknown}]");
        }

        var zones = all.Where(zone => names.Count + ids.Count == 0 || names.Contains(zone.ZoneName) || ids.Contains(zone.ZoneId));
        return [Set("availabilityZoneInfo", Filters.Select(transaction.State, parameters, zones), zone => Of(transaction.State, zone))];
    }

    private static IEnumerable<object?> Of(Ec2State state, AvailabilityZone zone) =>
    [
        Text("optInStatus", "opt-in-not-required"),
        Text("zoneName", zone.ZoneName),
        Text("zoneId", zone.ZoneId),
        Text("zoneState", "available"),
        Text("regionName", state.World.Region),
        Text("groupName", GroupNameOf(state)),
        Text("networkBorderGroup", state.World.Region),
        Text("zoneType", "availability-zone"),
        Element("messageSet"),
    ];

    private static string GroupNameOf(Ec2State state) => $"{state.World.Region}-zg-1";
}
