namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>
/// What a watch request asks for. Without a revision, or from revision 0, it begins with the objects as they are;
/// <paramref name="SendInitialEvents"/> asks for that, and for a bookmark after them, whatever the revision.
/// </summary>
internal sealed record WatchQuery(ObjectSelection Selection, long? Revision, bool Bookmarks, bool? SendInitialEvents, TimeSpan Timeout);
