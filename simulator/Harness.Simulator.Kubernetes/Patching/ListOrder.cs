using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>
/// The order of a merged list: entries that the patch names keep the patch's order, entries only the server has keep theirs, and the two
/// are interleaved by where the server had them. Entries are the same when their merge keys are (scalars: when they are equal). Pure.
/// </summary>
internal static class ListOrder
{
    /// <summary>Arranges merged entries.</summary>
    /// <param name="merged">The entries, in any order.</param>
    /// <param name="order">The patch's order: the patch list itself, or its $setElementOrder.</param>
    /// <param name="existing">The list before the patch; null when there was none.</param>
    /// <param name="mergeKey">The merge key; empty for scalars.</param>
    public static List<JsonNode?> Arrange(List<JsonNode?> merged, IEnumerable<JsonNode?> order, IEnumerable<JsonNode?>? existing, string mergeKey)
    {
        var wanted = order.Where(item => !IsDeletion(item)).Select(item => Key(item, mergeKey)).ToList();
        var before = (existing ?? []).Select(item => Key(item, mergeKey)).ToList();
        var named = merged.Where(item => IndexOf(wanted, item, mergeKey) >= 0).OrderBy(item => IndexOf(wanted, item, mergeKey)).ToList();
        var others = merged.Where(item => IndexOf(wanted, item, mergeKey) < 0).OrderBy(item => IndexOf(before, item, mergeKey)).ToList();
        return Interleave(others, named, before, mergeKey);
    }

    /// <summary>Refuses a patch list whose entries do not stand in the order of its $setElementOrder.</summary>
    /// <exception cref="StrategicPatchException">They do not.</exception>
    public static void Check(JsonArray? patch, JsonArray order, string mergeKey)
    {
        var position = 0;
        foreach (var item in (patch ?? []).Where(item => !IsDeletion(item) && !IsReplacement(item)))
        {
            var key = Key(item, mergeKey);
            while (position < order.Count && !JsonNode.DeepEquals(Key(order[position], mergeKey), key))
            {
                position++;
            }

            if (position++ >= order.Count)
            {
                throw StrategicPatchException.Broken(
                    $"The order in patch list:\n{GoFormat.Of(patch)}\n doesn't match $setElementOrder list:\n{GoFormat.Of(order)}\n");
            }
        }
    }

    // A server entry goes first only where the server had both entries and had it first; so new entries come before all others.
    private static List<JsonNode?> Interleave(List<JsonNode?> others, List<JsonNode?> named, List<JsonNode?> before, string mergeKey)
    {
        var result = new List<JsonNode?>(others.Count + named.Count);
        int other = 0, next = 0;
        while (other < others.Count && next < named.Count)
        {
            var left = IndexOf(before, others[other], mergeKey);
            var right = IndexOf(before, named[next], mergeKey);
            result.Add(left >= 0 && right >= 0 && left < right ? others[other++] : named[next++]);
        }

        result.AddRange(others[other..]);
        result.AddRange(named[next..]);
        return result;
    }

    private static int IndexOf(List<JsonNode?> keys, JsonNode? item, string mergeKey)
    {
        var key = Key(item, mergeKey);
        return keys.FindIndex(other => JsonNode.DeepEquals(other, key));
    }

    private static JsonNode? Key(JsonNode? item, string mergeKey) => mergeKey.Length == 0 ? item : ListMerge.KeyOf(item, mergeKey);

    private static bool IsDeletion(JsonNode? item) => item is JsonObject map && PatchDirective.Of(map) == PatchDirective.Delete;

    private static bool IsReplacement(JsonNode? item) => item is JsonObject map && PatchDirective.Of(map) == PatchDirective.Replace;
}
