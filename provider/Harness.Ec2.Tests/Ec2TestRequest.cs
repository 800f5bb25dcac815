using System.Web;

namespace Harness.Ec2.Tests;

/// <summary>One request as it came over the wire.</summary>
internal sealed record Ec2TestRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The form's parameters, one per line, sorted, unescaped: the shape of the golden files.</summary>
    public string Form => string.Join('\n', Body.Split('&').Select(HttpUtility.UrlDecode).Order(StringComparer.Ordinal));

    public string? this[string parameter] => HttpUtility.ParseQueryString(Body)[parameter];
}
