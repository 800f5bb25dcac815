namespace Harness.Agent.Imds;

/// <summary>A session token of IMDSv2, and until when it is used.</summary>
internal sealed record ImdsToken(string Value, DateTimeOffset UsedUntil);
