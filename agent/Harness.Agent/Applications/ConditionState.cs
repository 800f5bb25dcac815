namespace Harness.Agent.Applications;

/// <summary>One pod condition and the time of its last change of status.</summary>
internal sealed record ConditionState(string Type, bool Status, string Reason, string Message, DateTimeOffset ChangedAt);
