namespace Harness.Simulator.Ec2.Model;

/// <summary>The volume that an instance boots from.</summary>
internal sealed record RootVolume(string VolumeId, string DeviceName, int SizeGiB, bool DeleteOnTermination, DateTimeOffset AttachTime);
