using System.Text.Json.Nodes;
using Harness.Kubernetes;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Json;

namespace Harness.Provider.Statuses;

/// <summary>
/// The patch of pods/status for a rendered status: strategic, so that conditions of others stay, and bound to the pod's UID. Pure.
/// </summary>
internal static class PodStatusPatch
{
    /// <summary>The patch, or null when the API object says the same already.</summary>
    public static ObjectPatch? Make(Pod pod, PodStatus rendered)
    {
        var current = pod.Status ?? new PodStatus();
        if (IsContained(current, rendered))
        {
            return null;
        }

        var status = KubernetesJson.ToDocument(rendered, KubernetesJsonOptions.Patch);
        ReplaceMergedLists(status, current, rendered);
        ClearReasons(status, current);
        ClearWhatIsGone(status, current, rendered);
        var document = new JsonObject { ["metadata"] = new JsonObject { ["uid"] = pod.Metadata.Uid }, ["status"] = status };
        return ObjectPatch.Strategic(document.ToJsonString());
    }

    private static bool IsContained(PodStatus current, PodStatus rendered)
    {
        var merged = current.Clone();
        merged.Conditions.Clear();
        merged.Conditions.Add(rendered.Conditions);
        merged.Conditions.Add(current.Conditions.Where(condition => rendered.Conditions.All(ours => ours.Type != condition.Type)));
        var ours = rendered.Clone();
        ours.Conditions.Clear();
        ours.Conditions.Add(merged.Conditions);
        Carry(current, ours);
        return SameConditions(current, merged) && ours.Equals(WithConditions(current, merged));
    }

    private static PodStatus WithConditions(PodStatus current, PodStatus merged)
    {
        var copy = current.Clone();
        copy.Conditions.Clear();
        copy.Conditions.Add(merged.Conditions);
        return copy;
    }

    private static bool SameConditions(PodStatus current, PodStatus merged) =>
        current.Conditions.Count == merged.Conditions.Count && merged.Conditions.All(current.Conditions.Contains);

    /// <summary>Fields that others own are not ours to compare.</summary>
    private static void Carry(PodStatus current, PodStatus ours)
    {
        if (current.HasQosClass)
        {
            ours.QosClass = current.QosClass;
        }

        if (current.HasNominatedNodeName)
        {
            ours.NominatedNodeName = current.NominatedNodeName;
        }

        if (current.HasObservedGeneration)
        {
            ours.ObservedGeneration = current.ObservedGeneration;
        }
    }

    /// <summary>podIPs merges by address: after a replacement the old one would stay.</summary>
    private static void ReplaceMergedLists(JsonObject status, PodStatus current, PodStatus rendered)
    {
        if (current.PodIPs.Count > 0 && !current.PodIPs.Equals(rendered.PodIPs))
        {
            var list = status["podIPs"] as JsonArray ?? [];
            list.Insert(0, new JsonObject { ["$patch"] = "replace" });
            status["podIPs"] = list;
        }

        if (current.HostIPs.Count > 0 && !current.HostIPs.Equals(rendered.HostIPs) && status["hostIPs"] is JsonArray hosts)
        {
            hosts.Insert(0, new JsonObject { ["$patch"] = "replace" });
        }
    }

    /// <summary>Conditions merge by type, field by field: a reason that is not said again would stay.</summary>
    private static void ClearReasons(JsonObject status, PodStatus current)
    {
        foreach (var condition in (status["conditions"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var before = current.Conditions.FirstOrDefault(before => before.Type == (string?)condition["type"]);
            if (before is { Reason.Length: > 0 } && condition["reason"] is null)
            {
                condition["reason"] = null;
            }

            if (before is { Message.Length: > 0 } && condition["message"] is null)
            {
                condition["message"] = null;
            }
        }
    }

    private static void ClearWhatIsGone(JsonObject status, PodStatus current, PodStatus rendered)
    {
        if (current.PodIP.Length > 0 && rendered.PodIP.Length == 0)
        {
            status["podIP"] = null;
        }

        if (current.Reason.Length > 0 && rendered.Reason.Length == 0)
        {
            status["reason"] = null;
        }

        if (current.Message.Length > 0 && rendered.Message.Length == 0)
        {
            status["message"] = null;
        }
    }
}
