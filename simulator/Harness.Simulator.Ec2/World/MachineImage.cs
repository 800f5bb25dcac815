namespace Harness.Simulator.Ec2.World;

/// <summary>An image (AMI) that instances boot from.</summary>
/// <param name="ImageId">`ami-` and 17 hexadecimal digits.</param>
/// <param name="Name">The image's name.</param>
/// <param name="Architecture">`x86_64`, `arm64`, `x86_64_mac` or `arm64_mac`.</param>
/// <param name="Description">One line.</param>
/// <param name="RootDeviceName">`/dev/xvda`.</param>
/// <param name="RootVolumeSizeGiB">Size of the root volume.</param>
public sealed record MachineImage(
    string ImageId, string Name, string Architecture, string Description, string RootDeviceName, int RootVolumeSizeGiB);
