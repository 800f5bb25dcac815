using Google.Protobuf;
using Harness.Kubernetes.Objects.Protobuf;

namespace Harness.Kubernetes.Objects.Tests;

/// <summary>Compares messages by what an API server would write of them, where absent and empty are often one.</summary>
internal static class ServerForm
{
    public static IEqualityComparer<IMessage> Comparer { get; } = EqualityComparer<IMessage>.Create(
        (left, right) => left is not null && right is not null
            && KubernetesProtobuf.EncodeMessage(left).AsSpan().SequenceEqual(KubernetesProtobuf.EncodeMessage(right)),
        message => message.Descriptor.GetHashCode());
}
