using System.Globalization;
using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Catalogue;

/// <summary>DescribeImages. All images belong to the account. Pure.</summary>
internal static class DescribeImages
{
    private const string CreationDate = "2026-01-01T00:00:00.000Z";
    private const string SnapshotId = "snap-0a000000000000001";

    private static readonly FilterTable<MachineImage> Filters = new(
        new Dictionary<string, FilterValues<MachineImage>>(StringComparer.Ordinal)
        {
            ["image-id"] = (_, image) => [image.ImageId],
            ["name"] = (_, image) => [image.Name],
            ["description"] = (_, image) => [image.Description],
            ["architecture"] = (_, image) => [image.Architecture],
            ["owner-id"] = (state, _) => [state.World.OwnerId],
            ["owner-alias"] = (_, _) => [],
            ["creation-date"] = (_, _) => [CreationDate],
            ["state"] = (_, _) => ["available"],
            ["image-type"] = (_, _) => ["machine"],
            ["is-public"] = (_, _) => ["false"],
            ["hypervisor"] = (_, _) => ["xen"],
            ["virtualization-type"] = (_, _) => ["hvm"],
            ["ena-support"] = (_, _) => ["true"],
            ["platform"] = (_, _) => [],
            ["root-device-name"] = (_, image) => [image.RootDeviceName],
            ["root-device-type"] = (_, _) => ["ebs"],
            ["block-device-mapping.device-name"] = (_, image) => [image.RootDeviceName],
            ["block-device-mapping.volume-size"] = (_, image) => [image.RootVolumeSizeGiB.ToString(CultureInfo.InvariantCulture)],
        },
        image => image.ImageId);

    private static readonly Listing<MachineImage> List = new("DescribeImages", "imagesSet", Filters, image => image.ImageId, least: 1);

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        parameters.Accept("IncludeDeprecated", "IncludeDisabled", "ExecutableBy");
        var ids = parameters.List("ImageId");
        var owners = parameters.List("Owner");
        var isOwned = owners.Count == 0 || owners.Contains("self") || owners.Contains(transaction.World.OwnerId);
        var images = ids.Count > 0 ? ids.Select(id => Find(transaction.World, id)) : transaction.World.Images;
        return List.Answer(transaction, parameters, images.Where(_ => isOwned).OrderBy(image => image.ImageId, StringComparer.Ordinal), Of);
    }

    private static MachineImage Find(SeedWorld world, string imageId)
    {
        ResourceIds.Check(imageId, "ami", "InvalidAMIID.Malformed");
        return world.Images.FirstOrDefault(image => image.ImageId == imageId) ?? throw Refusals.ImageNotFound(imageId);
    }

    private static IEnumerable<object?> Of(Ec2State state, MachineImage image) =>
    [
        Text("imageId", image.ImageId),
        Text("imageLocation", $"{state.World.OwnerId}/{image.Name}"),
        Text("imageState", "available"),
        Text("imageOwnerId", state.World.OwnerId),
        Text("creationDate", CreationDate),
        Flag("isPublic", false),
        Text("architecture", image.Architecture),
        Text("imageType", "machine"),
        Text("name", image.Name),
        Text("description", image.Description),
        Text("rootDeviceType", "ebs"),
        Text("rootDeviceName", image.RootDeviceName),
        Set("blockDeviceMapping", [image], root =>
        [
            Text("deviceName", root.RootDeviceName),
            Element(
                "ebs",
                Text("snapshotId", SnapshotId), Number("volumeSize", root.RootVolumeSizeGiB), Flag("deleteOnTermination", true),
                Text("volumeType", "gp3"), Flag("encrypted", false)),
        ]),
        Text("virtualizationType", "hvm"),
        TagSet(state.TagsOf(image.ImageId)),
        Text("hypervisor", "xen"),
        Flag("enaSupport", true),
        Text("platformDetails", "Linux/UNIX"),
        Text("usageOperation", "RunInstances"),
    ];
}
