using System.Buffers;
using Harness.Kubernetes.Objects.Protobuf;
using Harness.Kubernetes.Objects.Runtime;

namespace Harness.Kubernetes.Wire;

/// <summary>Opens protobuf objects whose bytes lie in pieces, as a pipe gives them. Pure.</summary>
internal static class Envelopes
{
    /// <exception cref="Objects.KubernetesFormatException">The bytes are no object.</exception>
    public static Unknown Open(ReadOnlySequence<byte> bytes) =>
        KubernetesProtobuf.Open(bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray());
}
