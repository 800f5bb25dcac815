namespace Harness.Agent.Applications;

/// <summary>
/// An archive that holds a container's files: where it is, and the SHA-256 of it in lower-case hex. Problem: the reference cannot be used,
/// and why; the container then waits as Kubernetes has it (InvalidImageName).
/// </summary>
internal sealed record ImageSource(Uri? Location, string Digest, string Problem)
{
    public static ImageSource Invalid(string problem) => new(null, "", problem);
}
