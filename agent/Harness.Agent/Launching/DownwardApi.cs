using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Launching;

/// <summary>The values of a pod that fieldRef may name in an environment variable. Pure.</summary>
internal static class DownwardApi
{
    /// <summary>Null: the path is not one that can be resolved.</summary>
    public static string? Resolve(Pod pod, string fieldPath) => fieldPath switch
    {
        "metadata.name" => pod.Metadata.Name,
        "metadata.namespace" => pod.Metadata.Namespace,
        "metadata.uid" => pod.Metadata.Uid,
        "spec.nodeName" => pod.Spec.NodeName,
        "spec.serviceAccountName" => pod.Spec.ServiceAccountName,
        "status.hostIP" => pod.Status?.HostIP ?? "",
        "status.podIP" => pod.Status?.PodIP ?? "",
        "status.podIPs" => string.Join(',', pod.Status?.PodIPs.Select(ip => ip.Ip) ?? []),
        _ => FromMap(fieldPath, "metadata.labels", pod.Metadata.Labels) ?? FromMap(fieldPath, "metadata.annotations", pod.Metadata.Annotations),
    };

    /// <summary>metadata.labels['key']: the value, "" when the key is not there, null when the path has another form.</summary>
    private static string? FromMap(string fieldPath, string map, IDictionary<string, string> values)
    {
        var opening = map + "['";
        if (!fieldPath.StartsWith(opening, StringComparison.Ordinal) || !fieldPath.EndsWith("']", StringComparison.Ordinal))
        {
            return null;
        }

        var key = fieldPath[opening.Length..^2];
        return values.TryGetValue(key, out var value) ? value : "";
    }
}
