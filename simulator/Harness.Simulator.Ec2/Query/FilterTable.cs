using System.Collections.Immutable;
using Harness.Simulator.Ec2.Model;

namespace Harness.Simulator.Ec2.Query;

/// <summary>
/// The filters that a Describe call documents: for each name, the values that a resource has under it. Tagged resources also have
/// `tag:KEY` and `tag-key`. Immutable.
/// </summary>
internal sealed class FilterTable<T>(
    IReadOnlyDictionary<string, FilterValues<T>> filters, Func<T, string>? resourceIdOf = null)
{
    private const string TagPrefix = "tag:";
    private const int MostValues = 200;

    /// <summary>
    /// Those of <paramref name="resources"/> that pass every filter of the call; InvalidParameterValue for an unknown filter.
    /// </summary>
    public IEnumerable<T> Select(Ec2State state, QueryParameters parameters, IEnumerable<T> resources)
    {
        var filters = Read(parameters);
        return filters.IsEmpty
            ? resources
            : resources.Where(resource => filters.All(filter => filter.Passes(ValuesOf(state, filter.Name, resource))));
    }

    private ImmutableArray<Filter> Read(QueryParameters parameters)
    {
        var read = ImmutableArray.CreateBuilder<Filter>();
        foreach (var structure in parameters.Structures("Filter"))
        {
            var name = structure.RequiredText("Name");
            if (!filters.ContainsKey(name) && !IsTagFilter(name))
            {
                throw Refusals.InvalidParameterValue($"The filter '{name}' is invalid");
            }

            var values = structure.List("Value");
            read.Add(values.Count > 0
                ? new Filter(name, values)
                : throw Refusals.InvalidParameterValue($"The filter '{name}' must have at least one value"));
        }

        if (read.Sum(filter => filter.Patterns.Count) > MostValues)
        {
            throw new Ec2Refusal("FilterLimitExceeded", $"The maximum number of filter values specified on a single call is {MostValues}");
        }

        return read.ToImmutable();
    }

    private bool IsTagFilter(string name) =>
        resourceIdOf is not null
            && (name == "tag-key" || (name.StartsWith(TagPrefix, StringComparison.Ordinal) && name.Length > TagPrefix.Length));

    private IEnumerable<string?> ValuesOf(Ec2State state, string name, T resource)
    {
        if (filters.TryGetValue(name, out var values))
        {
            return values(state, resource);
        }

        var tags = state.TagsOf(resourceIdOf!(resource));
        if (name == "tag-key")
        {
            return tags.Keys;
        }

        return tags.TryGetValue(name[TagPrefix.Length..], out var value) ? [value] : [];
    }
}
