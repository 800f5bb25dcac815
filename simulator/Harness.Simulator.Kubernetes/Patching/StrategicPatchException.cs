namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>Leaves the recursion of a strategic merge at a wrong directive; never leaves <see cref="StrategicMergePatch"/>.</summary>
internal sealed class StrategicPatchException(PatchFailure failure) : Exception(failure.Message)
{
    public PatchFailure Failure { get; } = failure;

    public static StrategicPatchException Broken(string message) => new(PatchFailure.BadDirective(message));

    /// <summary>The directive's value has the wrong shape: the one class of wrong directives that is the client's fault (400).</summary>
    public static StrategicPatchException BadFormat(string directive) =>
        new(PatchFailure.BadRequest($"invalid patch format of {directive}"));
}
