using System.Globalization;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;
using Filters = System.Collections.Generic.Dictionary<string, Harness.Simulator.Ec2.Query.FilterValues<Harness.Simulator.Ec2.Model.Instance>>;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>The filters that DescribeInstances documents. Those on things that the emulation does not have match nothing.</summary>
internal static class InstanceFilters
{
    private static readonly string[] AlwaysEmpty =
    [
        "affinity", "boot-mode", "capacity-reservation-id", "current-instance-boot-mode", "dns-name", "host-id", "instance-lifecycle",
        "ip-address",
        "ipv6-address", "kernel-id", "outpost-arn", "placement-group-name", "placement-partition-number", "platform", "product-code",
        "product-code.type", "ramdisk-id", "requester-id", "spot-instance-request-id", "tpm-support", "network-interface.requester-id",
    ];

    public static readonly FilterTable<Instance> Table = new(All(), instance => instance.InstanceId);

    private static Filters All()
    {
        var filters = new Filters(StringComparer.Ordinal);
        foreach (var group in new[] { Identity(), Placement(), Options(), Interfaces() })
        {
            foreach (var (name, values) in group)
            {
                filters.Add(name, values);
            }
        }

        foreach (var name in AlwaysEmpty)
        {
            filters.Add(name, (_, _) => []);
        }

        return filters;
    }

    private static Filters Identity() => new()
    {
        ["instance-id"] = (_, instance) => [instance.InstanceId],
        ["instance-state-name"] = (_, instance) => [InstanceStateNames.Of(instance.State)],
        ["instance-state-code"] = (_, instance) => [((int)instance.State).ToString(CultureInfo.InvariantCulture)],
        ["state-reason-code"] = (_, instance) => [instance.StateReason?.Code],
        ["state-reason-message"] = (_, instance) => [instance.StateReason?.Message],
        ["reason"] = (_, instance) => [instance.StateTransitionReason],
        ["instance-type"] = (_, instance) => [instance.InstanceType],
        ["image-id"] = (_, instance) => [instance.ImageId],
        ["architecture"] = (_, instance) => [instance.Architecture],
        ["key-name"] = (_, instance) => [instance.KeyName],
        ["client-token"] = (_, instance) => [instance.ClientToken],
        ["reservation-id"] = (_, instance) => [instance.ReservationId],
        ["owner-id"] = (state, _) => [state.World.OwnerId],
        ["launch-index"] = (_, instance) => [instance.LaunchIndex.ToString(CultureInfo.InvariantCulture)],
        ["launch-time"] = (_, instance) => [Ec2Xml.Time("time", instance.LaunchTime).Value],
    };

    private static Filters Placement() => new()
    {
        ["availability-zone"] = (_, instance) => [instance.AvailabilityZone],
        ["subnet-id"] = (state, instance) => [state.PrimaryInterfaceOf(instance)?.SubnetId],
        ["vpc-id"] = (state, instance) => [state.PrimaryInterfaceOf(instance)?.VpcId],
        ["private-ip-address"] = (state, instance) => [AddressOf(state.PrimaryInterfaceOf(instance))],
        ["private-dns-name"] = (state, instance) =>
            [state.PrimaryInterfaceOf(instance) is { } primary ? state.PrivateDnsNameOf(primary.Address) : null],
        ["tenancy"] = (_, instance) => [instance.Tenancy],
        ["instance.group-id"] = (state, instance) => state.PrimaryInterfaceOf(instance)?.SecurityGroupIds ?? [],
        ["instance.group-name"] = (state, instance) => GroupNames(state, state.PrimaryInterfaceOf(instance)),
        ["source-dest-check"] = (_, _) => ["true"],
        ["root-device-name"] = (_, instance) => [instance.RootVolume.DeviceName],
        ["root-device-type"] = (_, _) => ["ebs"],
        ["block-device-mapping.device-name"] = (_, instance) => [instance.RootVolume.DeviceName],
        ["block-device-mapping.volume-id"] = (_, instance) => [instance.RootVolume.VolumeId],
        ["block-device-mapping.delete-on-termination"] = (_, instance) => [Flag(instance.RootVolume.DeleteOnTermination)],
        ["block-device-mapping.status"] = (_, instance) => [instance.State == InstanceState.Pending ? "attaching" : "attached"],
        ["block-device-mapping.attach-time"] = (_, instance) => [Ec2Xml.Time("time", instance.RootVolume.AttachTime).Value],
    };

    private static Filters Options() => new()
    {
        ["iam-instance-profile.arn"] = (_, instance) => [instance.Profile?.Profile.Arn],
        ["iam-instance-profile.id"] = (_, instance) => [instance.Profile?.Profile.Id],
        ["iam-instance-profile.name"] = (_, instance) => [instance.Profile?.Profile.Name],
        ["monitoring-state"] = (_, instance) => [instance.DetailedMonitoring ? "enabled" : "disabled"],
        ["ebs-optimized"] = (_, instance) => [Flag(instance.EbsOptimized)],
        ["ena-support"] = (_, _) => ["true"],
        ["enclave-options.enabled"] = (_, _) => ["false"],
        ["hibernation-options.configured"] = (_, _) => ["false"],
        ["hypervisor"] = (_, _) => ["xen"],
        ["virtualization-type"] = (_, _) => ["hvm"],
        ["maintenance-options.auto-recovery"] = (_, _) => ["default"],
        ["platform-details"] = (_, _) => ["Linux/UNIX"],
        ["usage-operation"] = (_, _) => ["RunInstances"],
        ["usage-operation-update-time"] = (_, instance) => [Ec2Xml.Time("time", instance.LaunchTime).Value],
        ["metadata-options.http-tokens"] = (_, instance) => [instance.MetadataOptions.HttpTokens],
        ["metadata-options.http-endpoint"] = (_, instance) => [instance.MetadataOptions.HttpEndpoint],
        ["metadata-options.http-put-response-hop-limit"] = (_, instance) =>
            [instance.MetadataOptions.HttpPutResponseHopLimit.ToString(CultureInfo.InvariantCulture)],
        ["metadata-options.instance-metadata-tags"] = (_, instance) => [instance.MetadataOptions.InstanceMetadataTags],
    };

    private static Filters Interfaces() => new()
    {
        ["network-interface.network-interface-id"] = Each((_, networkInterface) => networkInterface.NetworkInterfaceId),
        ["network-interface.subnet-id"] = Each((_, networkInterface) => networkInterface.SubnetId),
        ["network-interface.vpc-id"] = Each((_, networkInterface) => networkInterface.VpcId),
        ["network-interface.availability-zone"] = Each((_, networkInterface) => networkInterface.AvailabilityZone),
        ["network-interface.description"] = Each((_, networkInterface) => networkInterface.Description),
        ["network-interface.mac-address"] = Each((_, networkInterface) => networkInterface.MacAddress),
        ["network-interface.owner-id"] = Each((state, _) => state.World.OwnerId),
        ["network-interface.status"] = Each((_, networkInterface) => networkInterface.Status),
        ["network-interface.private-dns-name"] = Each((state, networkInterface) => state.PrivateDnsNameOf(networkInterface.Address)),
        ["network-interface.addresses.private-ip-address"] = Each((_, networkInterface) => AddressOf(networkInterface)),
        ["network-interface.addresses.primary"] = Each((_, _) => "true"),
        ["network-interface.attachment.attachment-id"] = Each((_, networkInterface) => networkInterface.Attachment?.AttachmentId),
        ["network-interface.attachment.instance-id"] = Each((_, networkInterface) => networkInterface.Attachment?.InstanceId),
        ["network-interface.attachment.device-index"] = Each(
            (_, networkInterface) => networkInterface.Attachment?.DeviceIndex.ToString(CultureInfo.InvariantCulture)),
        ["network-interface.attachment.status"] = Each((_, _) => "attached"),
        ["network-interface.group-id"] = (state, instance) => InterfacesOf(state, instance).SelectMany(one => one.SecurityGroupIds),
        ["network-interface.group-name"] = (state, instance) => InterfacesOf(state, instance).SelectMany(one => GroupNames(state, one)),
    };

    private static FilterValues<Instance> Each(Func<Ec2State, NetworkInterface, string?> value) =>
        (state, instance) => InterfacesOf(state, instance).Select(networkInterface => value(state, networkInterface));

    private static IEnumerable<NetworkInterface> InterfacesOf(Ec2State state, Instance instance) =>
        instance.NetworkInterfaceIds.Select(id => state.NetworkInterfaces[id]);

    private static string? AddressOf(NetworkInterface? networkInterface) =>
        networkInterface is null ? null : Ipv4Block.FormatAddress(networkInterface.Address);

    private static IEnumerable<string?> GroupNames(Ec2State state, NetworkInterface? networkInterface) => networkInterface is null
        ? []
        : state.World.SecurityGroups.Where(group => networkInterface.SecurityGroupIds.Contains(group.GroupId))
            .Select(group => group.GroupName);

    private static string Flag(bool flag) => flag ? "true" : "false";
}
