namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>Why a patch was not applied, in the terms of a Kubernetes Status.</summary>
/// <param name="Code">The HTTP status.</param>
/// <param name="Reason">The Status reason; null where the real API server leaves it out (500).</param>
/// <param name="Message">The Status message.</param>
/// <param name="HasEmptyDetails">Whether the Status carries <c>"details": {}</c>.</param>
internal sealed record PatchFailure(int Code, string? Reason, string Message, bool HasEmptyDetails = false)
{
    /// <summary>The patch is no document of its type.</summary>
    public static PatchFailure BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>The patch is well formed but does not fit the object; the API server keeps the reason to itself.</summary>
    public static PatchFailure DoesNotApply() =>
        new(422, "Invalid", "the server rejected our request due to an error in our request", HasEmptyDetails: true);

    /// <summary>More operations than the API server takes in one JSON patch.</summary>
    public static PatchFailure TooManyOperations(int limit, int count) =>
        new(413, "RequestEntityTooLarge", $"The allowed maximum operations in a JSON patch is {limit}, got {count}");

    /// <summary>A strategic merge patch with a wrong directive; the real API server answers 500 without a reason.</summary>
    public static PatchFailure BadDirective(string message) => new(500, null, message);
}
