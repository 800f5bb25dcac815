using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Protobuf;

namespace Harness.Kubernetes.Objects.Tests;

public sealed class KubernetesProtobufTests
{
    [Fact]
    public void Open_WithoutMagic_SaysWhatIsMissing() =>
        Assert.Equal("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]",
            Assert.Throws<KubernetesFormatException>(() => KubernetesProtobuf.Open([0x0A, 0x02])).Reason);

    [Fact]
    public void Open_Garbage_IsRefused() =>
        Assert.StartsWith("proto: ", Assert.Throws<KubernetesFormatException>(() => KubernetesProtobuf.Open("k8s\0garbage"u8)).Reason, StringComparison.Ordinal);

    [Fact]
    public void Decode_BrokenMessage_IsRefused()
    {
        var envelope = KubernetesProtobuf.Encode(new Pod());
        envelope[Array.IndexOf(envelope, (byte)0x12, 12) + 2] = 0x0F;

        Assert.Throws<KubernetesFormatException>(() => KubernetesProtobuf.Decode<Pod>(envelope));
        Assert.Throws<KubernetesFormatException>(() => KubernetesProtobuf.DecodeKind(envelope));
    }

    [Fact]
    public void Encode_NotAKind_IsRefused() => Assert.Throws<ArgumentException>(() => KubernetesProtobuf.Encode(new PodSpec()));

    [Fact]
    public void ReadType_Envelope_GivesItsKind() =>
        Assert.Equal(new KubernetesTypeMeta("v1", "Pod"), KubernetesProtobuf.ReadType(KubernetesProtobuf.Encode(new Pod())));

    [Fact]
    public void Encode_LargeMessage_Grows()
    {
        var map = new ConfigMap { Data = { ["a"] = new string('x', 100_000), ["b"] = "" } };

        Assert.Equal(map.Data, KubernetesProtobuf.Decode<ConfigMap>(KubernetesProtobuf.Encode(map)).Data);
    }
}
