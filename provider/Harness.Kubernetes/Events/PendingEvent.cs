using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Kubernetes.Events;

/// <summary>An event that was told but not yet written.</summary>
internal sealed record PendingEvent(ObjectReference Regarding, string Type, string Reason, string Message, DateTimeOffset At)
{
    /// <summary>What two tellings have in common that count as one event.</summary>
    public EventIdentity Identity => new(Regarding.Uid, Regarding.Namespace, Regarding.Name, Regarding.FieldPath, Type, Reason, Message);
}
