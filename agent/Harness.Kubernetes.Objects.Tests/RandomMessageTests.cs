using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Protobuf;

namespace Harness.Kubernetes.Objects.Tests;

/// <summary>What holds for any message of any kind.</summary>
public sealed class RandomMessageTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(1500).WithEndSize(int.MaxValue);

    [Fact]
    public void Json_AnyMessage_ComesBack() => Check((kind, message) =>
    {
        var findings = new FieldFindings();
        var json = KubernetesJson.ToUtf8(message);
        var back = KubernetesJson.Read(json, kind.Descriptor, findings);
        return findings.All.Count == 0
            && ServerForm.Comparer.Equals(message, back)
            && json.AsSpan().SequenceEqual(KubernetesJson.ToUtf8(back))
            && KubernetesJson.ReadType(json) == new KubernetesTypeMeta(kind.ApiVersion, kind.Kind);
    });

    [Fact]
    public void Json_OnlySetFields_ComesBackAsItWas() => Check((kind, message) =>
    {
        var back = KubernetesJson.Read(KubernetesJson.ToUtf8(message, KubernetesJsonOptions.Patch), kind.Descriptor);
        return ServerForm.Comparer.Equals(message, back);
    });

    [Fact]
    public void Json_AnyDocument_IsTheSameMessage() => Check((kind, message) =>
    {
        var document = KubernetesJson.ToDocument(message);
        return ServerForm.Comparer.Equals(message, KubernetesJson.Read(document, kind.Descriptor));
    });

    [Fact]
    public void Protobuf_AnyMessage_ComesBack() => Check((kind, message) =>
    {
        var bytes = KubernetesProtobuf.Encode(message);
        var back = KubernetesProtobuf.DecodeKind(bytes);
        return back.Descriptor == kind.Descriptor && bytes.AsSpan().SequenceEqual(KubernetesProtobuf.Encode(back));
    });

    [Fact]
    public void Protobuf_AnyMessage_IsWhatTheGeneratedParserReads() => Check((kind, message) =>
        KubernetesJson.ToText(kind.Descriptor.Parser.ParseFrom(KubernetesProtobuf.EncodeMessage(message))) == KubernetesJson.ToText(message)
        && ServerForm.Comparer.Equals(message, kind.Descriptor.Parser.ParseFrom(message.ToByteArray())));

    [Fact]
    public void Protobuf_UnknownFields_Survive()
    {
        byte[] unknown = [0xC2, 0x3E, 0x03, .. Encoding.ASCII.GetBytes("new")];
        Check((kind, message) =>
        {
            var read = kind.Descriptor.Parser.ParseFrom([.. KubernetesProtobuf.EncodeMessage(message), .. unknown]);
            return KubernetesProtobuf.EncodeMessage(read).AsSpan().EndsWith(unknown);
        });
    }

    private static void Check(Func<KubernetesKind, IMessage, bool> holds) =>
        Prop.ForAll<int>(seed =>
        {
            var messages = new RandomMessages(seed);
            var kind = messages.Kind();
            return holds(kind, messages.Message(kind.Descriptor));
        }).Check(s_config);
}
