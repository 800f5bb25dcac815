namespace Harness.Kubernetes.Events;

/// <summary>What two events have in common that are one event, told twice.</summary>
internal readonly record struct EventIdentity(
    string Uid, string Namespace, string Name, string FieldPath, string Type, string Reason, string Message);
