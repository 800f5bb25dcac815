using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>
/// What a pod's Ready, Status and Restarts cells say. The rules are those of the real API server's printer: the pod's own reason gives way
/// to a scheduling gate, that to the first init container that is not done, that to the containers (the first one with a reason wins).
/// Built by one thread, immutable to its readers.
/// </summary>
internal sealed class PodSummary
{
    private readonly JsonObject _pod;
    private readonly JsonArray _initContainers;

    private PodSummary(JsonObject pod)
    {
        _pod = pod;
        _initContainers = pod.Items("spec", "initContainers");
        Containers = pod.Items("spec", "containers").Count + _initContainers.Count(IsSidecar);
        Reason = FirstReason(pod);
    }

    /// <summary>Containers, sidecars among them.</summary>
    public int Containers { get; }

    /// <summary>Those that are ready.</summary>
    public int Ready { get; private set; }

    /// <summary>The Status cell.</summary>
    public string Reason { get; private set; }

    /// <summary>Restarts of the containers that count in the pod's present state.</summary>
    public long Restarts { get; private set; }

    /// <summary>When one of them ended last before a restart.</summary>
    public DateTimeOffset? LastRestart { get; private set; }

    public static PodSummary Of(JsonObject pod)
    {
        var summary = new PodSummary(pod);
        if (!summary.IsInitializing() || HasCondition(pod, "Initialized"))
        {
            summary.CountSidecarsOnly();
            summary.ReadContainers();
        }

        summary.ReadDeletion();
        return summary;
    }

    private static string FirstReason(JsonObject pod)
    {
        var gated = pod.Items("status", "conditions")
            .Any(condition => condition.Text("type") == "PodScheduled" && condition.Text("reason") == "SchedulingGated");
        return gated ? "SchedulingGated" : pod.Text("status", "reason").Or(pod.Text("status", "phase"));
    }

    private static bool IsSidecar(JsonNode? container) => container.Text("restartPolicy") == "Always";

    private static bool HasCondition(JsonObject pod, string type) =>
        pod.Items("status", "conditions").Any(condition => condition.Text("type") == type && condition.Text("status") == "True");

    private static string ExitReason(JsonNode? terminated) =>
        terminated.Text("reason").Or(terminated.Number("signal") != 0
            ? $"Signal:{terminated.Number("signal")}"
            : $"ExitCode:{terminated.Number("exitCode")}");

    // Counts the init containers and stops at the first that is not done, which gives the reason.
    private bool IsInitializing()
    {
        var statuses = _pod.Items("status", "initContainerStatuses");
        for (var index = 0; index < statuses.Count; index++)
        {
            var status = statuses[index];
            CountRestarts(status);
            if (InitReason(status, index) is { } reason)
            {
                Reason = reason;
                return true;
            }
        }

        return false;
    }

    private string? InitReason(JsonNode? status, int index)
    {
        var terminated = status.At("state", "terminated");
        if (terminated is not null && terminated.Number("exitCode") == 0)
        {
            return null;
        }

        if (IsSidecarStatus(status) && status.Flag("started"))
        {
            Ready += status.Flag("ready") ? 1 : 0;
            return null;
        }

        var waiting = status.Text("state", "waiting", "reason");
        return terminated is not null ? $"Init:{ExitReason(terminated)}"
            : waiting is not ("" or "PodInitializing") ? $"Init:{waiting}"
            : $"Init:{index}/{_initContainers.Count}";
    }

    private bool IsSidecarStatus(JsonNode? status) =>
        _initContainers.Any(container => container.Text("name") == status.Text("name") && IsSidecar(container));

    private void CountSidecarsOnly()
    {
        Restarts = 0;
        LastRestart = null;
        foreach (var status in _pod.Items("status", "initContainerStatuses").Where(IsSidecarStatus))
        {
            CountRestarts(status);
        }
    }

    private void ReadContainers()
    {
        var running = false;
        foreach (var status in _pod.Items("status", "containerStatuses").Reverse())
        {
            CountRestarts(status);
            var waiting = status.Text("state", "waiting", "reason");
            var terminated = status.At("state", "terminated");
            if (waiting.Length > 0)
            {
                Reason = waiting;
            }
            else if (terminated is not null)
            {
                Reason = ExitReason(terminated);
            }
            else if (status.Flag("ready") && status.At("state", "running") is not null)
            {
                running = true;
                Ready++;
            }
        }

        if (Reason == "Completed" && running)
        {
            Reason = HasCondition(_pod, "Ready") ? "Running" : "NotReady";
        }
    }

    private void ReadDeletion()
    {
        if (_pod.At("metadata", "deletionTimestamp") is null)
        {
            return;
        }

        if (_pod.Text("status", "reason") == "NodeLost")
        {
            Reason = "Unknown";
        }
        else if (_pod.Text("status", "phase") is not ("Succeeded" or "Failed"))
        {
            Reason = "Terminating";
        }
    }

    private void CountRestarts(JsonNode? status)
    {
        Restarts += status.Number("restartCount");
        if (status.Time("lastState", "terminated", "finishedAt") is { } ended && (LastRestart is null || ended > LastRestart))
        {
            LastRestart = ended;
        }
    }
}
