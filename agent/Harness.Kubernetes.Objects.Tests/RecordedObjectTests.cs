using System.Text;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Protobuf;

namespace Harness.Kubernetes.Objects.Tests;

/// <summary>The same objects in JSON and protobuf, as a real API server sent them: each form becomes the other, byte for byte.</summary>
public sealed class RecordedObjectTests
{
    // Kinds of the recordings that have no message: the embedded API keeps them as documents.
    private static readonly string[] s_documents =
    [
        "apiextensions.k8s.io/v1 CustomResourceDefinition", "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration",
        "apiregistration.k8s.io/v1 APIService", "autoscaling/v2 HorizontalPodAutoscaler", "flowcontrol.apiserver.k8s.io/v1 FlowSchema",
        "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration", "v1 LimitRange", "v1 ResourceQuota",
    ];

    public static TheoryData<string> Recorded => new(All().Where(name => KindOf(name) is not null));

    public static TheoryData<string> Sent => new(Goldens.Names("objects", "in.json")
        .Select(name => name + "in.json")
        .Where(name => KubernetesKinds.Find(KubernetesJson.ReadType(Goldens.Bytes(name))) is not null));

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Read_RecordedJson_WritesTheSameJson(string name)
    {
        var findings = new FieldFindings();
        var message = KubernetesJson.Read(Goldens.Json(name + ".json"), KindOf(name)!.Descriptor, findings);

        Assert.Empty(findings.All);
        Assert.Equal(Text(Goldens.Json(name + ".json")), KubernetesJson.ToText(message));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Decode_RecordedProtobuf_WritesTheRecordedJson(string name)
    {
        var message = KubernetesProtobuf.DecodeKind(Goldens.Bytes(name + ".pb"));

        Assert.Equal(Text(Goldens.Json(name + ".json")), KubernetesJson.ToText(message));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Encode_RecordedJson_WritesTheRecordedProtobuf(string name)
    {
        var message = KubernetesJson.Read(Goldens.Json(name + ".json"), KindOf(name)!.Descriptor);

        AssertSame(Goldens.Bytes(name + ".pb"), KubernetesProtobuf.Encode(message));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Encode_RecordedProtobuf_WritesTheSameProtobuf(string name)
    {
        var message = KubernetesProtobuf.DecodeKind(Goldens.Bytes(name + ".pb"));

        AssertSame(Goldens.Bytes(name + ".pb"), KubernetesProtobuf.Encode(message));
    }

    [Theory]
    [MemberData(nameof(Sent))]
    public void Read_WhatAClientSent_IsUnderstood(string name)
    {
        var findings = new FieldFindings();
        var message = KubernetesJson.ReadKind(Goldens.Bytes(name), findings);

        Assert.Empty(findings.All);
        Assert.Equal(message, KubernetesJson.ReadKind(KubernetesJson.ToUtf8(message)), ServerForm.Comparer);
    }

    [Fact]
    public void Recordings_WithoutMessage_AreTheKnownKinds()
    {
        var without = All().Where(name => KindOf(name) is null).Select(name => KubernetesProtobuf.ReadType(Goldens.Bytes(name + ".pb")))
            .Select(type => $"{type.ApiVersion} {type.Kind}").Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(s_documents.Order(StringComparer.Ordinal), without);
    }

    private static IEnumerable<string> All() => Goldens.Names("objects", ".pb").Concat(Goldens.Names("lists", ".pb"));

    private static KubernetesKind? KindOf(string name) => KubernetesKinds.Find(KubernetesJson.ReadType(Goldens.Bytes(name + ".json")));

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);

    private static void AssertSame(byte[] expected, byte[] actual)
    {
        if (!expected.AsSpan().SequenceEqual(actual))
        {
            Assert.Equal(ProtobufText.Describe(expected), ProtobufText.Describe(actual));
            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(actual));
        }
    }
}
