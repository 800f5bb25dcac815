using System.Buffers.Text;
using System.Text;
using Harness.Simulator.Ec2.Model;

namespace Harness.Simulator.Ec2.Query;

/// <summary>How a call asks for its page: MaxResults and NextToken, checked against the limits that EC2 documents for the action.</summary>
internal sealed record PageRequest(string Action, int Size, string? AfterKey)
{
    /// <summary>Reads a call's MaxResults and NextToken.</summary>
    /// <param name="parameters">The call's parameters.</param>
    /// <param name="action">The action, which a token belongs to.</param>
    /// <param name="least">The least MaxResults allowed.</param>
    /// <param name="most">The most.</param>
    /// <param name="otherwise">The page's size without MaxResults.</param>
    public static PageRequest Read(QueryParameters parameters, string action, int least, int most, int otherwise)
    {
        var size = parameters.Number("MaxResults");
        if (size < least || size > most)
        {
            var bound = size < least ? $"greater than {least}" : $"less than {most}";
            throw Refusals.InvalidParameterValue($"Value ( {size} ) for parameter maxResults is invalid. Expecting a value {bound}.");
        }

        var token = parameters.Text("NextToken");
        return new PageRequest(action, size ?? otherwise, string.IsNullOrEmpty(token) ? null : KeyOf(action, token));
    }

    public Page<T> Cut<T>(IEnumerable<T> ordered, Func<T, string> keyOf)
    {
        var rest = AfterKey is null ? ordered : ordered.SkipWhile(item => string.CompareOrdinal(keyOf(item), AfterKey) <= 0);
        var items = rest.Take(Size + 1).ToList();
        if (items.Count <= Size)
        {
            return new Page<T>(items, null);
        }

        items.RemoveAt(Size);
        return new Page<T>(items, Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Action}\n{keyOf(items[^1])}")));
    }

    private static string KeyOf(string action, string token)
    {
        if (Base64Url.IsValid(token))
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            if (text.StartsWith($"{action}\n", StringComparison.Ordinal))
            {
                return text[(action.Length + 1)..];
            }
        }

        throw new Ec2Refusal("InvalidNextToken", "The specified NextToken is not valid.");
    }
}
