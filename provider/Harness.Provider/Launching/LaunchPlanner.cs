using System.Collections.Immutable;
using System.Text.Json;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Launching;

/// <summary>Makes a launch plan of a pod's annotations and the configured defaults. Pure.</summary>
internal static class LaunchPlanner
{
    private const int EC2TagLimit = 50;
    private const int OwnTags = 6;

    public static LaunchPlanning Plan(LaunchWishes wishes, LaunchWishes defaults, DateTimeOffset now)
    {
        var image = wishes.ImageId ?? defaults.ImageId;
        var type = wishes.InstanceType ?? defaults.InstanceType;
        var subnet = wishes.SubnetId ?? defaults.SubnetId;
        var missing = string.Join(", ", Missing(image, type, subnet));
        if (missing.Length > 0)
        {
            return new LaunchPlanning.Incomplete($"No instance can be launched: the pod lacks {missing}, and the configuration has no default for it.");
        }

        if (!TryReadTags(wishes.Tags, out var tags, out var problem))
        {
            return new LaunchPlanning.Incomplete($"No instance can be launched: annotation {WellKnown.TagsAnnotation} {problem}");
        }

        return new LaunchPlanning.Complete(new LaunchPlan
        {
            ImageId = image!,
            InstanceType = type!,
            SubnetId = subnet!,
            SecurityGroups = Split(wishes.SecurityGroups ?? defaults.SecurityGroups),
            InstanceProfile = wishes.InstanceProfile ?? defaults.InstanceProfile,
            KeyPair = wishes.KeyPair ?? defaults.KeyPair,
            Tags = tags,
            SignedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
        });
    }

    private static IEnumerable<string> Missing(string? image, string? type, string? subnet)
    {
        if (image is null)
        {
            yield return $"annotation {WellKnown.ImageIdAnnotation}";
        }

        if (type is null)
        {
            yield return $"annotation {WellKnown.InstanceTypeAnnotation}";
        }

        if (subnet is null)
        {
            yield return $"annotation {WellKnown.SubnetIdAnnotation}";
        }
    }

    private static ImmutableArray<string> Split(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static bool TryReadTags(string? json, out ImmutableSortedDictionary<string, string> tags, out string problem)
    {
        tags = ImmutableSortedDictionary<string, string>.Empty;
        problem = "";
        if (string.IsNullOrWhiteSpace(json))
        {
            return true;
        }

        try
        {
            var read = JsonSerializer.Deserialize(json, LaunchJson.Default.DictionaryStringString) ?? [];
            tags = read.ToImmutableSortedDictionary(StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            problem = "is not a JSON object of strings, for example {\"team\": \"build\"}.";
            return false;
        }

        var reserved = tags.Keys.FirstOrDefault(IsReserved);
        problem = reserved is not null ? $"sets {reserved}, which the provider sets itself; take it out."
            : tags.Count > EC2TagLimit - OwnTags ? $"has {tags.Count} tags; EC2 allows {EC2TagLimit}, the provider needs {OwnTags} of them."
            : "";
        return problem.Length == 0;
    }

    private static bool IsReserved(string key) =>
        key is WellKnown.PodUidTag or WellKnown.PodNamespaceTag or WellKnown.PodNameTag or WellKnown.NodeNameTag or WellKnown.ClusterNameTag
        || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);
}
