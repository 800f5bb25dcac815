using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>Objects of a list, the revision at which they stood, and the token of the next page where there is one.</summary>
internal sealed record ListPage(IReadOnlyList<StoredObject> Items, long Revision, string Continue = "", long? Remaining = null);
