using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>JSON merge patch, RFC 7386: objects merge, null removes, everything else replaces. Pure.</summary>
internal static class MergePatch
{
    public static JsonObject Apply(JsonObject document, JsonObject patch)
    {
        var result = (JsonObject)document.DeepClone();
        MergeInto(result, patch);
        return result;
    }

    private static void MergeInto(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject change)
            {
                if (target[name] is not JsonObject child)
                {
                    target[name] = child = [];
                }

                MergeInto(child, change);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
