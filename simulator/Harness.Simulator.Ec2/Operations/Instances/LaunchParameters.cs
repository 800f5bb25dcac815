using System.Buffers.Text;
using System.Text;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>Reads and checks single parameters of RunInstances. Pure.</summary>
internal static class LaunchParameters
{
    private const int LargestUserDataBytes = 16384;

    public static (int MinCount, int MaxCount) Counts(QueryParameters parameters)
    {
        var (minCount, maxCount) = (parameters.RequiredNumber("MinCount"), parameters.RequiredNumber("MaxCount"));
        if (minCount < 1)
        {
            throw Refusals.InvalidParameterValue($"Value ({minCount}) for parameter minCount is invalid. Expecting a positive number.");
        }

        return maxCount >= minCount
            ? (minCount, maxCount)
            : throw Refusals.InvalidParameterValue(
                $"Value ({maxCount}) for parameter maxCount is invalid. It must not be less than minCount ({minCount}).");
    }

    public static MachineImage Image(SeedWorld world, QueryParameters parameters)
    {
        var imageId = parameters.RequiredText("ImageId");
        ResourceIds.Check(imageId, "ami", "InvalidAMIID.Malformed");
        return world.Images.FirstOrDefault(image => image.ImageId == imageId) ?? throw Refusals.ImageNotFound(imageId);
    }

    /// <summary>The type, which must fit the image. (EC2 would launch m1.small without one; the emulation has no such type.)</summary>
    public static InstanceTypeSpec Type(SeedWorld world, QueryParameters parameters, MachineImage image) =>
        Type(world, parameters.RequiredText("InstanceType"), image);

    /// <summary>The type of this name, which must fit the image.</summary>
    public static InstanceTypeSpec Type(SeedWorld world, string name, MachineImage image)
    {
        var type = world.InstanceTypes.FirstOrDefault(type => type.Name == name)
            ?? throw Refusals.InvalidParameterValue($"Invalid value '{name}' for InstanceType.");
        return type.Architecture == image.Architecture
            ? type
            : throw Refusals.InvalidParameterValue(
                $"The architecture '{type.Architecture}' of the specified instance type does not match "
                + $"the architecture '{image.Architecture}' of the specified AMI. "
                + "Specify an instance type and an AMI that have matching architectures, and try again. "
                + "You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.");
    }

    public static string? KeyName(SeedWorld world, QueryParameters parameters)
    {
        var name = parameters.Text("KeyName");
        return name is null || world.KeyPairs.Any(key => key.KeyName == name) ? name : throw Refusals.KeyPairNotFound(name);
    }

    public static string? UserData(QueryParameters parameters) => CheckUserData(parameters.Text("UserData"));

    /// <summary>User data in base64, or null when it is empty.</summary>
    public static string? CheckUserData(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!Base64.IsValid(Encoding.UTF8.GetBytes(text), out var length))
        {
            throw new Ec2Refusal("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data");
        }

        return length <= LargestUserDataBytes
            ? text
            : throw Refusals.InvalidParameterValue($"User data is limited to {LargestUserDataBytes} bytes");
    }

    public static MetadataOptions Metadata(QueryParameters options)
    {
        var otherwise = MetadataOptions.Default;
        return new MetadataOptions(
            OneOf(options, "HttpTokens", otherwise.HttpTokens, "optional", "required"),
            options.Number("HttpPutResponseHopLimit") ?? otherwise.HttpPutResponseHopLimit,
            OneOf(options, "HttpEndpoint", otherwise.HttpEndpoint, "enabled", "disabled"),
            OneOf(options, "HttpProtocolIpv6", otherwise.HttpProtocolIpv6, "enabled", "disabled"),
            OneOf(options, "InstanceMetadataTags", otherwise.InstanceMetadataTags, "enabled", "disabled"));
    }

    public static bool TerminatesOnShutdown(string? behaviour) => behaviour switch
    {
        null or "stop" => false,
        "terminate" => true,
        _ => throw Refusals.InvalidParameterValue(
            $"Value ({behaviour}) for parameter instanceInitiatedShutdownBehavior is invalid. Valid values are: stop, terminate."),
    };

    public static string Tenancy(QueryParameters placement) => OneOf(placement, "Tenancy", "default", "default", "dedicated", "host");

    /// <summary>The root volume's size and end, as the image has them or as a mapping of its device name says.</summary>
    public static (int SizeGiB, bool DeleteOnTermination) RootVolume(QueryParameters parameters, MachineImage image)
    {
        var root = (SizeGiB: image.RootVolumeSizeGiB, DeleteOnTermination: true);
        foreach (var mapping in parameters.Structures("BlockDeviceMapping"))
        {
            var deviceName = mapping.RequiredText("DeviceName");
            if (deviceName != image.RootDeviceName)
            {
                throw new Ec2Refusal(
                    "UnsupportedOperation",
                    $"The emulated EC2 has root volumes only ({image.RootDeviceName}); it cannot map '{deviceName}'.");
            }

            var volume = mapping.Structure("Ebs");
            volume.Accept("VolumeType", "Iops", "Throughput", "Encrypted");
            root = (volume.Number("VolumeSize") ?? root.SizeGiB, volume.Flag("DeleteOnTermination", otherwise: true));
        }

        return root.SizeGiB >= image.RootVolumeSizeGiB
            ? root
            : throw new Ec2Refusal(
                "InvalidBlockDeviceMapping",
                $"Volume of size {root.SizeGiB}GB is smaller than snapshot 'snap-0a000000000000001', "
                + $"expect size>= {image.RootVolumeSizeGiB}GB");
    }

    private static string OneOf(QueryParameters parameters, string name, string otherwise, params ReadOnlySpan<string> allowed)
    {
        var value = parameters.Text(name) ?? otherwise;
        return allowed.Contains(value)
            ? value
            : throw Refusals.InvalidParameterValue(
                $"Value ({value}) for parameter {name} is invalid. Valid values are: {string.Join(", ", allowed!)}.");
    }
}
