using System.Collections.Immutable;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Operations.Tags;

/// <summary>
/// The tags that a creating call gives to what it creates, by resource type, checked against EC2's rules for tags. Immutable.
/// </summary>
internal sealed class TagSpecifications
{
    private const int MostTags = 50;
    private const int LongestKey = 128;
    private const int LongestValue = 256;

    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<string, string>> _byType;

    private TagSpecifications(ImmutableDictionary<string, ImmutableSortedDictionary<string, string>> byType) => _byType = byType;

    /// <summary>Reads TagSpecification.N; refuses types that the call does not create.</summary>
    public static TagSpecifications Read(QueryParameters parameters, params ReadOnlySpan<string> allowedTypes)
    {
        var byType = ImmutableDictionary.CreateBuilder<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var specification in parameters.Structures("TagSpecification"))
        {
            var type = specification.RequiredText("ResourceType");
            if (!allowedTypes.Contains(type))
            {
                throw Refusals.InvalidParameterValue($"'{type}' is not a valid taggable resource type for this operation.");
            }

            if (!byType.TryAdd(type, ReadTags(specification)))
            {
                throw Refusals.InvalidParameterValue($"Duplicate tag specification resource type '{type}' specified.");
            }
        }

        return new TagSpecifications(byType.ToImmutable());
    }

    /// <summary>Tag.N.Key and Tag.N.Value.</summary>
    public static ImmutableSortedDictionary<string, string> ReadTags(QueryParameters parameters)
    {
        var tags = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var tag in parameters.Structures("Tag"))
        {
            var (key, value) = (tag.RequiredText("Key"), tag.Text("Value") ?? "");
            Check(key, value);
            if (!tags.TryAdd(key, value))
            {
                throw Refusals.InvalidParameterValue($"Duplicate tag key '{key}' specified.");
            }
        }

        CheckCount(tags.Count);
        return tags.ToImmutable();
    }

    /// <summary>Refuses more tags than a resource may have.</summary>
    public static void CheckCount(int count)
    {
        if (count > MostTags)
        {
            throw new Ec2Refusal("TagLimitExceeded", $"The maximum number of Tags for a resource has been reached: {MostTags}");
        }
    }

    /// <summary>Gives a new resource the tags of its type.</summary>
    public void Apply(Transaction transaction, string type, string resourceId)
    {
        if (_byType.TryGetValue(type, out var tags))
        {
            transaction.SetTags(resourceId, tags);
        }
    }

    private static void Check(string key, string value)
    {
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            throw Refusals.InvalidParameterValue($"Tag keys starting with 'aws:' are reserved for internal use");
        }

        if (key.Length > LongestKey)
        {
            throw Refusals.InvalidParameterValue($"Tag key exceeds the maximum length of {LongestKey} characters");
        }

        if (value.Length > LongestValue)
        {
            throw Refusals.InvalidParameterValue($"Tag value exceeds the maximum length of {LongestValue} characters");
        }
    }
}
