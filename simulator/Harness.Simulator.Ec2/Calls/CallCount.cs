namespace Harness.Simulator.Ec2.Calls;

/// <summary>How often an action ended with a code.</summary>
public sealed record CallCount(string Action, string Code, long Count);
