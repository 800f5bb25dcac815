using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Operations.NetworkInterfaces;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>How EC2 writes reservations and instances. A terminated instance has neither network nor address. Pure.</summary>
internal static class InstanceXml
{
    /// <summary>Content of a reservation: its own members, then its instances.</summary>
    public static IEnumerable<XElement> Reservation(Ec2State state, string reservationId, IReadOnlyList<Instance> instances) =>
    [
        Text("reservationId", reservationId),
        Text("ownerId", state.World.OwnerId),
        Element("groupSet"),
        Set("instancesSet", instances, instance => Of(state, instance)),
    ];

    private static IEnumerable<object?> Of(Ec2State state, Instance instance)
    {
        var image = state.World.Images.First(image => image.ImageId == instance.ImageId);
        var primary = state.PrimaryInterfaceOf(instance);
        return
        [
            Text("instanceId", instance.InstanceId),
            Text("imageId", instance.ImageId),
            InstanceStateNames.Element("instanceState", instance.State),
            Text("privateDnsName", primary is null ? "" : state.PrivateDnsNameOf(primary.Address)),
            Text("dnsName", ""),
            Text("reason", instance.StateTransitionReason),
            OptionalText("keyName", instance.KeyName),
            Number("amiLaunchIndex", instance.LaunchIndex),
            Element("productCodes"),
            Text("instanceType", instance.InstanceType),
            Time("launchTime", instance.LaunchTime),
            Placement(instance),
            Element("monitoring", Text("state", instance.DetailedMonitoring ? "enabled" : "disabled")),
            .. Network(state, instance, primary),
            instance.StateReason is { } reason
                ? Element("stateReason", Text("code", reason.Code), Text("message", reason.Message))
                : null,
            Text("architecture", instance.Architecture),
            Text("rootDeviceType", "ebs"),
            Text("rootDeviceName", image.RootDeviceName),
            BlockDevices(instance),
            Text("virtualizationType", "hvm"),
            Text("clientToken", instance.ClientToken ?? ""),
            TagSet(state.TagsOf(instance.InstanceId)),
            Text("hypervisor", "xen"),
            Interfaces(state, instance),
            instance.Profile is { } profile ? ProfileXml.Of(profile) : null,
            Flag("ebsOptimized", instance.EbsOptimized),
            Flag("enaSupport", true),
            Cpu(state, instance),
            Element("capacityReservationSpecification", Text("capacityReservationPreference", "open")),
            Element("hibernationOptions", Flag("configured", false)),
            Metadata(instance),
            Element("enclaveOptions", Flag("enabled", false)),
            Text("platformDetails", "Linux/UNIX"),
            Text("usageOperation", "RunInstances"),
            Time("usageOperationUpdateTime", instance.LaunchTime),
            Element("maintenanceOptions", Text("autoRecovery", "default")),
        ];
    }

    private static XElement Placement(Instance instance) => Element(
        "placement",
        Text("availabilityZone", instance.AvailabilityZone), Text("groupName", ""), Text("tenancy", instance.Tenancy));

    private static IEnumerable<XElement> Network(Ec2State state, Instance instance, NetworkInterface? primary) => primary is null
        ? [Element("groupSet")]
        :
        [
            Text("subnetId", instance.SubnetId),
            Text("vpcId", instance.VpcId),
            Text("privateIpAddress", World.Ipv4Block.FormatAddress(primary.Address)),
            Flag("sourceDestCheck", true),
            InterfaceXml.Groups(state, primary),
        ];

    private static XElement BlockDevices(Instance instance) => instance.State == InstanceState.Terminated
        ? Element("blockDeviceMapping")
        : Set("blockDeviceMapping", [instance.RootVolume], volume =>
        [
            Text("deviceName", volume.DeviceName),
            Element(
                "ebs",
                Text("volumeId", volume.VolumeId),
                Text("status", instance.State == InstanceState.Pending ? "attaching" : "attached"),
                Time("attachTime", volume.AttachTime),
                Flag("deleteOnTermination", volume.DeleteOnTermination)),
        ]);

    private static XElement Interfaces(Ec2State state, Instance instance) => Set(
        "networkInterfaceSet",
        instance.NetworkInterfaceIds.Select(id => state.NetworkInterfaces[id]),
        networkInterface => InterfaceXml.OfInstance(state, networkInterface));

    private static XElement? Cpu(Ec2State state, Instance instance)
    {
        var type = state.World.InstanceTypes.First(type => type.Name == instance.InstanceType);
        return Element("cpuOptions", Number("coreCount", type.VCpus / type.ThreadsPerCore), Number("threadsPerCore", type.ThreadsPerCore));
    }

    private static XElement Metadata(Instance instance) => Element(
        "metadataOptions",
        Text("state", instance.State == InstanceState.Pending ? "pending" : "applied"),
        Text("httpTokens", instance.MetadataOptions.HttpTokens),
        Number("httpPutResponseHopLimit", instance.MetadataOptions.HttpPutResponseHopLimit),
        Text("httpEndpoint", instance.MetadataOptions.HttpEndpoint),
        Text("httpProtocolIpv6", instance.MetadataOptions.HttpProtocolIpv6),
        Text("instanceMetadataTags", instance.MetadataOptions.InstanceMetadataTags));
}
