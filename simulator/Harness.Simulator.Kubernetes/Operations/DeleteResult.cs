using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// What a deletion came to: the object's last state, and whether it is gone. A client gets the object where its deletion can take time
/// (pods, namespaces, finalizers), a Status otherwise.
/// </summary>
internal sealed record DeleteResult(StoredObject Object, bool IsGone, bool AnswersObject);
