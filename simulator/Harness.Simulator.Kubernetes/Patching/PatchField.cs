namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>How a strategic merge patch treats one field.</summary>
/// <param name="Strategies">Of "merge", "replace", "retainKeys"; empty for the default (objects merge, lists are replaced).</param>
/// <param name="MergeKey">The field that tells a list's entries apart; empty for lists of scalars.</param>
/// <param name="Below">The schema of the field's object, or of its list's entries.</param>
internal sealed record PatchField(IReadOnlyList<string> Strategies, string MergeKey, PatchSchema Below)
{
    public static PatchField Unknown { get; } = new([], "", PatchSchema.Of(null));

    /// <summary>Whether a list's entries merge rather than being replaced as a whole.</summary>
    public bool Merges => Strategies.Contains("merge");

    /// <summary>Whether an object is replaced as a whole.</summary>
    public bool Replaces => Strategies.Contains("replace");
}
