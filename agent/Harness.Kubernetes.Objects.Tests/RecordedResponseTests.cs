using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Json;

namespace Harness.Kubernetes.Objects.Tests;

/// <summary>Bodies of a real API server's responses: statuses, reviews, discovery.</summary>
public sealed class RecordedResponseTests
{
    public static TheoryData<string> Recorded => new(new[] { "calls", "errors", "discovery" }.SelectMany(folder => Goldens.Names(folder, ".json")));

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Read_RecordedBody_WritesTheSameBody(string name)
    {
        var recorded = JsonNode.Parse(Goldens.Bytes(name + ".json"))!;
        var body = recorded["response"]?["body"]?["json"] ?? recorded;
        var kind = KubernetesKinds.Find((string?)body["apiVersion"] ?? "", (string)body["kind"]!)!;
        var findings = new FieldFindings();

        var message = KubernetesJson.Read(body, kind.Descriptor, findings);

        Assert.Empty(findings.All);
        Assert.Equal(body.ToJsonString(), KubernetesJson.ToDocument(message, new KubernetesJsonOptions { Kind = kind }).ToJsonString());
    }
}
