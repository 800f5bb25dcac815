using System.Globalization;
using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>
/// DescribeInstanceStatus. An instance that is running has passed its checks, as the emulation says running only when the host is up. Pure.
/// </summary>
internal static class DescribeInstanceStatus
{
    private static readonly FilterTable<Instance> Filters = new(
        new Dictionary<string, FilterValues<Instance>>(StringComparer.Ordinal)
        {
            ["availability-zone"] = (_, instance) => [instance.AvailabilityZone],
            ["instance-state-name"] = (_, instance) => [InstanceStateNames.Of(instance.State)],
            ["instance-state-code"] = (_, instance) => [((int)instance.State).ToString(CultureInfo.InvariantCulture)],
            ["instance-status.status"] = (_, instance) => [StatusOf(instance)],
            ["system-status.status"] = (_, instance) => [StatusOf(instance)],
            ["instance-status.reachability"] = (_, instance) => [ReachabilityOf(instance)],
            ["system-status.reachability"] = (_, instance) => [ReachabilityOf(instance)],
            ["event.code"] = (_, _) => [],
            ["event.description"] = (_, _) => [],
            ["event.instance-event-id"] = (_, _) => [],
            ["event.not-after"] = (_, _) => [],
            ["event.not-before"] = (_, _) => [],
        });

    private static readonly Listing<Instance> List =
        new("DescribeInstanceStatus", "instanceStatusSet", Filters, instance => instance.InstanceId);

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        var ids = parameters.List("InstanceId");
        Listing<Instance>.RefusePagedIds(parameters, ids, "instancesSet");
        var includeAll = parameters.Flag("IncludeAllInstances");
        var instances = ids.Count > 0
            ? InstanceLookup.FindAll(transaction, ids).OrderBy(instance => instance.InstanceId, StringComparer.Ordinal)
            : transaction.State.Instances.Values;
        return List.Answer(
            transaction, parameters, instances.Where(instance => includeAll || instance.State == InstanceState.Running),
            (_, instance) => Of(instance));
    }

    private static IEnumerable<object?> Of(Instance instance) =>
    [
        Text("instanceId", instance.InstanceId),
        Text("availabilityZone", instance.AvailabilityZone),
        InstanceStateNames.Element("instanceState", instance.State),
        Status("systemStatus", instance),
        Status("instanceStatus", instance),
    ];

    private static XElement Status(string name, Instance instance) => Element(
        name,
        Text("status", StatusOf(instance)),
        ReachabilityOf(instance) is { } reachability
            ? Set("details", [reachability], value => [Text("name", "reachability"), Text("status", value)])
            : null);

    private static string StatusOf(Instance instance) => instance.State == InstanceState.Running ? "ok" : "not-applicable";

    private static string? ReachabilityOf(Instance instance) => instance.State == InstanceState.Running ? "passed" : null;
}
