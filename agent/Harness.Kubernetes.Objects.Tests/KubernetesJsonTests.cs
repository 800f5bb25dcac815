using System.Buffers;
using System.Text;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Authentication.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Objects.Tests;

public sealed class KubernetesJsonTests
{
    [Theory]
    [InlineData("""{"spec":{"containers":"none"}}""", "json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container", "spec.containers")]
    [InlineData("""{"spec":{"hostNetwork":"true"}}""", "json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool", "spec.hostNetwork")]
    [InlineData("""{"spec":{"terminationGracePeriodSeconds":"30"}}""",
        "json: cannot unmarshal string into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64", "spec.terminationGracePeriodSeconds")]
    [InlineData("""{"spec":{"terminationGracePeriodSeconds":1e+30}}""",
        "json: cannot unmarshal number 1e+30 into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64", "spec.terminationGracePeriodSeconds")]
    [InlineData("""{"spec":{"containers":[{},{"image":[]}]}}""", "json: cannot unmarshal array into Go struct field Container.spec.containers.image of type string",
        "spec.containers[1].image")]
    [InlineData("""{"metadata":{"labels":{"a":1}}}""", "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels.a of type string", "metadata.labels.a")]
    [InlineData("""{"spec":{"volumes":[{"configMap":7}]}}""",
        "json: cannot unmarshal number into Go struct field Volume.spec.volumes.configMap of type v1.ConfigMapVolumeSource", "spec.volumes[0].configMap")]
    [InlineData("[]", "json: cannot unmarshal array into Go value of type v1.Pod", "")]
    public void Read_ValueOfAnotherType_SaysWhereAndWhat(string json, string reason, string path)
    {
        var refused = Assert.Throws<KubernetesFormatException>(() => KubernetesJson.Read<Pod>(Encoding.UTF8.GetBytes(json)));

        Assert.Equal((reason, path), (refused.Reason, refused.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"kind":"Pod",""")]
    [InlineData("{} {}")]
    [InlineData("""{"metadata":{"name":"\ud800"}}""")]
    public void Read_NotJson_Throws(string json) =>
        Assert.StartsWith("invalid JSON", Assert.Throws<KubernetesFormatException>(() => KubernetesJson.Read<Pod>(Encoding.UTF8.GetBytes(json))).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"metadata":{"name":"unknown","wrong":true},"spec":{"containers":[{"name":"c","imagee":"x"}],"bogus":{"a":[1]}}}""",
        "unknown field \"metadata.wrong\"|unknown field \"spec.containers[0].imagee\"|unknown field \"spec.bogus\"")]
    [InlineData("""{"metadata":{"name":"dup","name":"dup2","labels":{"a":"1","a":"2"}}}""", "duplicate field \"metadata.name\"|duplicate field \"metadata.labels.a\"")]
    [InlineData("""{"Metadata":{}}""", "unknown field \"Metadata\"")]
    [InlineData("""{"spec":{"volumes":[{"name":"a","volumeSource":{},"emptyDir":{}}]}}""", "unknown field \"spec.volumes[0].volumeSource\"")]
    [InlineData("""{"kind":"Pod","apiVersion":"v1","m\u0065tadata":{"name":"x"}}""", "")]
    public void Read_UnknownOrDuplicateField_IsReportedAndTolerated(string json, string expected)
    {
        var findings = new FieldFindings();
        KubernetesJson.Read<Pod>(Encoding.UTF8.GetBytes(json), findings);

        Assert.Equal(expected, string.Join('|', findings.All));
    }

    [Fact]
    public void Read_DuplicateField_LastOneCounts() =>
        Assert.Equal("2", KubernetesJson.Read<Pod>("""{"metadata":{"name":"1","name":"2"}}"""u8).Metadata.Name);

    [Fact]
    public void Read_SeveralSegments_IsOneDocument()
    {
        var json = """{"metadata":{"name":"web"}}"""u8.ToArray();
        var first = new Segment(json.AsMemory(0, 5), 0);
        var second = first.Append(json.AsMemory(5));

        var pod = KubernetesJson.Read<Pod>(new ReadOnlySequence<byte>(first, 0, second, second.Memory.Length));

        Assert.Equal("web", pod.Metadata.Name);
    }

    [Fact]
    public void Write_PointersSetToEmpty_AreWritten()
    {
        var deployment = new Deployment { Metadata = new ObjectMeta { Name = "" }, Spec = new DeploymentSpec { Replicas = 0, Paused = false } };

        Assert.Equal(
            """{"metadata":{},"spec":{"replicas":0,"selector":null,"template":{"metadata":{},"spec":{"containers":null}},"strategy":{}},"status":{}}""",
            KubernetesJson.ToText(deployment, KubernetesJsonOptions.Item));
    }

    [Fact]
    public void Write_OnlySetFields_LeavesTheRestOut()
    {
        var pod = new Pod { Status = new PodStatus { Phase = "Running", Conditions = { new PodCondition { Type = "Ready", Status = "True" } } } };

        Assert.Equal("""{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}""", KubernetesJson.ToText(pod, KubernetesJsonOptions.Patch));
    }

    [Fact]
    public void Write_EmptyPod_HasWhatTheApiAlwaysWrites() =>
        Assert.Equal("""{"kind":"Pod","apiVersion":"v1","metadata":{},"spec":{"containers":null},"status":{}}""", KubernetesJson.ToText(new Pod()));

    [Fact]
    public void Write_EmptyList_HasItems() =>
        Assert.Equal("""{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}""", KubernetesJson.ToText(new PodList()));

    [Fact]
    public void Write_StringsWithSpecialCharacters_AreEscapedAsGoDoes()
    {
        var pod = new ConfigMap { Data = { ["a"] = "<>&\u2028\u2029\"\\\b\f\n\r\t\u0001\u007fé\ud83d\ude00+'`" } };

        Assert.Equal("""{"metadata":{},"data":{"a":"\u003c\u003e\u0026\u2028\u2029\"\\\b\f\n\r\t\u0001""" + "\u007fé\ud83d\ude00+'`\"}}",
            KubernetesJson.ToText(pod, KubernetesJsonOptions.Item));
    }

    [Fact]
    public void Write_RawJson_IsCompactedAndEscaped()
    {
        var entry = KubernetesJson.Read<ManagedFieldsEntry>("""{"fieldsV1": {"f:a < b" : { "x y": "\"  " } } }"""u8);

        Assert.Equal("""{"fieldsV1":{"f:a \u003c b":{"x y":"\"  "}}}""", KubernetesJson.ToText(entry));
    }

    [Fact]
    public void ReadAndWrite_WrappedList_IsAnArray()
    {
        var json = """{"username":"u","extra":{"scopes":["a","b"]}}""";

        var user = KubernetesJson.Read<UserInfo>(Encoding.UTF8.GetBytes(json));

        Assert.Equal(["a", "b"], user.Extra["scopes"].Items);
        Assert.Equal(json, KubernetesJson.ToText(user));
    }

    [Fact]
    public void ReadKind_UnknownKind_SaysWhich() =>
        Assert.Equal("no kind \"Widget\" is registered for version \"example.com/v1\"",
            Assert.Throws<KubernetesFormatException>(() => KubernetesJson.ReadKind("""{"kind":"Widget","apiVersion":"example.com/v1"}"""u8)).Reason);

    [Fact]
    public void Write_StatusOfAnotherGroup_CarriesThatGroup() =>
        Assert.StartsWith("""{"kind":"Status","apiVersion":"policy/v1","metadata":{}""",
            KubernetesJson.ToText(new Status(), new KubernetesJsonOptions { Kind = KubernetesKinds.Find("policy/v1", "Status") }), StringComparison.Ordinal);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
