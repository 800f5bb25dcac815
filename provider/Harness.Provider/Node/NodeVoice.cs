using Harness.Kubernetes.Events;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Provider.Node;

/// <summary>Speaks for the node: events on it, and what its conditions should tell. Thread-safe.</summary>
internal sealed class NodeVoice(EventRecorder recorder, string nodeName)
{
    private volatile bool _sweepStopped;

    public bool SweepStopped
    {
        get => _sweepStopped;
        set => _sweepStopped = value;
    }

    /// <summary>kubectl describe node looks for events whose UID is the node's name.</summary>
    public void Announce(bool warning, string reason, string message) =>
        recorder.Record(
            new ObjectReference { ApiVersion = "v1", Kind = "Node", Name = nodeName, Uid = nodeName }, warning ? "Warning" : "Normal", reason, message);
}
