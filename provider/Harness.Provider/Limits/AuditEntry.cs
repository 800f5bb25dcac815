namespace Harness.Provider.Limits;

/// <summary>One line of the audit log.</summary>
internal sealed record AuditEntry(
    DateTimeOffset Time, string Operation, string Resource, string? PodUid, string? PodNamespace, string? PodName, string Reason, string Result);
