namespace Harness.Simulator.Ec2.Model;

/// <summary>That a network interface belongs to an instance.</summary>
internal sealed record EniAttachment(
    string AttachmentId, string InstanceId, int DeviceIndex, bool DeleteOnTermination, DateTimeOffset AttachTime);
