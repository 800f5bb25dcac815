using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>DescribeInstances: pages of instances, grouped by the reservation that launched them. Pure.</summary>
internal static class DescribeInstances
{
    private static readonly Listing<Instance> List =
        new("DescribeInstances", "reservationSet", InstanceFilters.Table, instance => instance.InstanceId);

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        var ids = parameters.List("InstanceId");
        Listing<Instance>.RefusePagedIds(parameters, ids, "instancesSet");
        var instances = ids.Count > 0
            ? InstanceLookup.FindAll(transaction, ids).OrderBy(instance => instance.InstanceId, StringComparer.Ordinal)
            : transaction.State.Instances.Values;
        var page = List.Page(transaction, parameters, instances);
        var reservations = page.Items.GroupBy(instance => instance.ReservationId, StringComparer.Ordinal);
        return
        [
            Ec2Xml.Set("reservationSet", reservations, group => InstanceXml.Reservation(transaction.State, group.Key, [.. group])),
            page.TokenElement,
        ];
    }
}
