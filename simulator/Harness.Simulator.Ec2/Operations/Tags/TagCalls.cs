using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Tags;

/// <summary>CreateTags, DeleteTags and DescribeTags. Pure, within a <see cref="Transaction"/>.</summary>
internal static class TagCalls
{
    private static readonly FilterTable<TagEntry> Filters = new(
        new Dictionary<string, FilterValues<TagEntry>>(StringComparer.Ordinal)
        {
            ["key"] = (_, tag) => [tag.Key],
            ["value"] = (_, tag) => [tag.Value],
            ["resource-id"] = (_, tag) => [tag.ResourceId],
            ["resource-type"] = (_, tag) => [ResourceIds.TypeOf(tag.ResourceId)],
        },
        tag => tag.ResourceId);

    private static readonly Listing<TagEntry> List = new("DescribeTags", "tagSet", Filters, tag => $"{tag.ResourceId}\0{tag.Key}");

    public static IEnumerable<XElement?> Create(Transaction transaction, QueryParameters parameters)
    {
        var resourceIds = Resources(transaction, parameters);
        var added = TagSpecifications.ReadTags(parameters);
        if (added.IsEmpty)
        {
            throw Refusals.MissingParameter("Tag");
        }

        foreach (var resourceId in resourceIds)
        {
            var tags = transaction.State.TagsOf(resourceId).SetItems(added);
            TagSpecifications.CheckCount(tags.Count);
            transaction.SetTags(resourceId, tags);
        }

        return [Flag("return", true)];
    }

    /// <summary>Without tags all are deleted; a tag with a value is deleted only where it has that value.</summary>
    public static IEnumerable<XElement?> Delete(Transaction transaction, QueryParameters parameters)
    {
        var resourceIds = Resources(transaction, parameters);
        var wanted = parameters.Structures("Tag").Select(tag => (Key: tag.RequiredText("Key"), Value: tag.Text("Value"))).ToList();
        foreach (var resourceId in resourceIds)
        {
            var tags = transaction.State.TagsOf(resourceId);
            var doomed = tags.Where(
                tag => wanted.Count == 0 || wanted.Exists(one => one.Key == tag.Key && (one.Value ?? tag.Value) == tag.Value));
            transaction.SetTags(resourceId, tags.RemoveRange(doomed.Select(tag => tag.Key).ToList()));
        }

        return [Flag("return", true)];
    }

    public static IEnumerable<XElement?> Describe(Transaction transaction, QueryParameters parameters)
    {
        var all = transaction.State.Tags.SelectMany(
            resource => resource.Value.Select(tag => new TagEntry(resource.Key, tag.Key, tag.Value)));
        return List.Answer(transaction, parameters, all, (_, tag) =>
        [
            Text("resourceId", tag.ResourceId), Text("resourceType", ResourceIds.TypeOf(tag.ResourceId) ?? ""),
            Text("key", tag.Key), Text("value", tag.Value),
        ]);
    }

    private static IReadOnlyList<string> Resources(Transaction transaction, QueryParameters parameters)
    {
        var ids = parameters.List("ResourceId");
        if (ids.Count == 0)
        {
            throw Refusals.MissingParameter("ResourceId");
        }

        foreach (var id in ids)
        {
            TaggedResources.Check(transaction, id);
        }

        return ids;
    }

    private sealed record TagEntry(string ResourceId, string Key, string Value);
}
