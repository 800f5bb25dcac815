using System.Collections.Immutable;

namespace Harness.Provider.Lifecycle;

/// <summary>
/// Everything a RunInstances request for one pod is made of that configuration or time could change. Written to the pod
/// before the request, so that the same request can be repeated after a crash.
/// </summary>
internal sealed record LaunchPlan
{
    public required string ImageId { get; init; }
    public required string InstanceType { get; init; }
    public required string SubnetId { get; init; }
    public ImmutableArray<string> SecurityGroups { get; init; } = [];
    public string? InstanceProfile { get; init; }
    public string? KeyPair { get; init; }

    /// <summary>The user's own tags (annotation <c>tags</c>), in the order of their keys.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>When the user data's download URL was signed; the URL, and with it the request, follows from it.</summary>
    public required DateTimeOffset SignedAt { get; init; }
}
