using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;

namespace Harness.Simulator.Ec2.Query;

/// <summary>
/// What all Describe calls of lists do alike: select by filters, cut a page, write the items and the next page's token. Immutable; one per
/// action.
/// </summary>
/// <param name="action">The action, which page tokens belong to.</param>
/// <param name="setName">Name of the list's element.</param>
/// <param name="filters">The filters that the action documents.</param>
/// <param name="keyOf">An item's key; items come ordered by it (ordinal).</param>
/// <param name="least">The least MaxResults that the action allows.</param>
/// <param name="most">The most.</param>
internal sealed class Listing<T>(
    string action, string setName, FilterTable<T> filters, Func<T, string> keyOf, int least = 5, int most = 1000)
{
    /// <summary>The page's content, each item written as a list item.</summary>
    public IEnumerable<XElement?> Answer(
        Transaction transaction, QueryParameters parameters, IEnumerable<T> ordered, Func<Ec2State, T, IEnumerable<object?>> item)
    {
        var page = Page(transaction, parameters, ordered);
        return [Ec2Xml.Set(setName, page.Items, one => item(transaction.State, one)), page.TokenElement];
    }

    /// <summary>The page that the call asks for.</summary>
    public Page<T> Page(Transaction transaction, QueryParameters parameters, IEnumerable<T> ordered)
    {
        var request = PageRequest.Read(parameters, action, least, most, Math.Min(most, transaction.Options.DefaultPageSize));
        return request.Cut(filters.Select(transaction.State, parameters, ordered), keyOf);
    }

    /// <summary>Refuses identifiers together with MaxResults, as EC2 does where its documentation says so.</summary>
    public static void RefusePagedIds(QueryParameters parameters, IReadOnlyList<string> ids, string setName)
    {
        if (ids.Count > 0 && parameters.Text("MaxResults") is not null)
        {
            throw Refusals.InvalidParameterCombination($"The parameter {setName} cannot be used with the parameter maxResults");
        }
    }
}
