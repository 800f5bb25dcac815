using System.Xml.Linq;

namespace Harness.Simulator.Ec2.Query;

/// <summary>
/// One page of a Describe call: its items and, when there are more, the token of the next. Items are ordered by a key; a token names the
/// last key given, so that items which come and go between two pages make no other item missing or double.
/// </summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken)
{
    /// <summary>The token's element, or null on the last page.</summary>
    public XElement? TokenElement => Ec2Xml.OptionalText("nextToken", NextToken);
}
