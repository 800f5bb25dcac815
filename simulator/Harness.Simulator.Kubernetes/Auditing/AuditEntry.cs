namespace Harness.Simulator.Kubernetes.Auditing;

/// <summary>
/// One finished write request: who did what to which object, and how it ended. <paramref name="Revision"/> is the object's revision after
/// it, 0 when nothing was written; <paramref name="Code"/> the HTTP status.
/// </summary>
public sealed record AuditEntry(
    long Sequence,
    DateTimeOffset Time,
    string User,
    string Verb,
    string Group,
    string Resource,
    string Subresource,
    string Namespace,
    string Name,
    string Uid,
    long Revision,
    int Code);
