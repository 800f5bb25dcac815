using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>What became of a patch: the patched document, or the failure.</summary>
internal sealed class PatchOutcome
{
    private PatchOutcome(JsonObject? document, PatchFailure? failure)
    {
        Document = document;
        Failure = failure;
    }

    /// <summary>The patched document, a new one; null when the patch failed.</summary>
    public JsonObject? Document { get; }

    /// <summary>Why the patch failed; null when it did not.</summary>
    public PatchFailure? Failure { get; }

    /// <summary>Whether the patch was applied.</summary>
    [MemberNotNullWhen(true, nameof(Document))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsApplied => Document is not null;

    public static PatchOutcome Applied(JsonObject document) => new(document, null);

    public static PatchOutcome Failed(PatchFailure failure) => new(null, failure);
}
