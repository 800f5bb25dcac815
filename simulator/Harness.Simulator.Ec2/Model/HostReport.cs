namespace Harness.Simulator.Ec2.Model;

/// <summary>What the machine behind an instance did.</summary>
internal sealed record HostReport(HostReportKind Kind, string InstanceId, int Boot);
