namespace Harness.Simulator.Clouds;

/// <summary>What a simulator made in an EC2 that outlives it, as its record on disk tells. No credentials. A value.</summary>
/// <param name="Endpoint">Where that EC2 answers.</param>
/// <param name="Region">In which region.</param>
/// <param name="Owner">What everything it made is named or tagged.</param>
public sealed record CloudRecord(Uri Endpoint, string Region, string Owner);
