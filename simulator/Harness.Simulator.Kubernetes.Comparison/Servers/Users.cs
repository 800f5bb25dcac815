namespace Harness.Simulator.Kubernetes.Comparison.Servers;

/// <summary>Whose requests are played, and the bearer tokens by which both servers know them.</summary>
internal static class Users
{
    public const string Admin = "admin";
    public const string Limited = "limited";
    public const string Anonymous = "anonymous";

    public const string Masters = "system:masters";

    public const string AdminToken = "comparison-admin";
    public const string LimitedToken = "comparison-limited";

    /// <summary>The bearer token of a user; null for the one who sends none. A user whom nobody knows sends a token that nobody knows.</summary>
    public static string? TokenOf(string user) => user switch
    {
        Admin => AdminToken,
        Limited => LimitedToken,
        Anonymous => null,
        _ => $"comparison-{user}",
    };
}
