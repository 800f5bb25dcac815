namespace Harness.Kubernetes.Objects;

/// <summary>Bytes that are not the Kubernetes object they should be, in JSON or in protobuf.</summary>
public sealed class KubernetesFormatException : Exception
{
    /// <param name="reason">What is wrong, in the words of Kubernetes' API server where it has some.</param>
    /// <param name="path">The field, such as <c>spec.containers[0].image</c>; empty when it is the whole document.</param>
    /// <param name="innerException">What the reader below said.</param>
    public KubernetesFormatException(string reason, string path = "", Exception? innerException = null)
        : base(path.Length == 0 ? reason : $"{path}: {reason}", innerException)
    {
        Reason = reason;
        Path = path;
    }

    /// <summary>What is wrong, without the path in front; the API server's text for the same mistake.</summary>
    public string Reason { get; }

    /// <summary>The field in question, such as <c>spec.containers[0].image</c>; empty for the whole document.</summary>
    public string Path { get; }
}
