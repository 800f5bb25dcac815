namespace Harness.Simulator.Kubernetes.Identity;

/// <summary>Who makes a request: a user name, its groups, and the uid where the identity has one (service accounts).</summary>
public sealed record UserIdentity(string Name, IReadOnlyList<string> Groups, string Uid = "")
{
    /// <summary>The group that may do everything.</summary>
    public const string Masters = "system:masters";

    /// <summary>The group of everyone who is known.</summary>
    public const string Authenticated = "system:authenticated";

    /// <summary>The one who sends no credentials.</summary>
    public static UserIdentity Anonymous { get; } = new("system:anonymous", ["system:unauthenticated"]);

    /// <summary>Whether the user is a member of that group.</summary>
    public bool IsIn(string group) => Groups.Contains(group);
}
