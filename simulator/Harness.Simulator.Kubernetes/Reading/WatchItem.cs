using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>
/// One event of a watch. A bookmark has no object, only the revision up to which everything was told, and says whether it ends the initial events.
/// </summary>
internal sealed record WatchItem(WatchItemKind Kind, StoredObject? Object, long Revision, bool EndsInitialEvents = false);
