using System.Text;
using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Kubernetes.Objects.Tests;

/// <summary>What a real API server made of each text of an amount.</summary>
public sealed class QuantityRecordingTests
{
    private const string ErrorPrefix = "cannot be handled as a Pod: ";

    public static TheoryData<string, string> Accepted => Rows(row => row["out"] is not null && row["as"] is null);

    public static TheoryData<string, string> AsCpuRequest => Rows(row => row["as"] is not null);

    public static TheoryData<string, string> Refused => Rows(row => (int?)row["status"] == 400);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Read_RecordedText_IsCanonical(string json, string row)
    {
        var volume = KubernetesJson.Read<EmptyDirVolumeSource>(Encoding.UTF8.GetBytes($$"""{"sizeLimit":{{json}}}"""));

        Assert.Equal((string?)JsonNode.Parse(row)!["out"], volume.SizeLimit.String);
        Assert.Equal((string?)JsonNode.Parse(row)!["protobuf"], volume.SizeLimit.String);
        Assert.Equal(volume.SizeLimit, Quantity.Of(volume.SizeLimit.String));
    }

    [Theory]
    [MemberData(nameof(AsCpuRequest))]
    public void RoundUpToMillis_RecordedCpuRequest_IsWhatWasStored(string json, string row)
    {
        var rounded = ResourceAmount.Parse((string)JsonNode.Parse(json)!).RoundUpToMillis();

        Assert.Equal((string?)JsonNode.Parse(row)!["out"], rounded.ToString());
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_RecordedBadText_IsRefusedInTheSameWords(string json, string row)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"sizeLimit":{{json}}}""");

        var refused = Assert.Throws<KubernetesFormatException>(() => KubernetesJson.Read<EmptyDirVolumeSource>(body));

        Assert.EndsWith(ErrorPrefix + refused.Reason, (string?)JsonNode.Parse(row)!["message"], StringComparison.Ordinal);
        Assert.Equal("sizeLimit", refused.Path);
    }

    private static TheoryData<string, string> Rows(Predicate<JsonNode> wanted)
    {
        var data = new TheoryData<string, string>();
        foreach (var row in JsonNode.Parse(Goldens.Text("objects/quantities.json"))!.AsArray().Where(row => wanted(row!)).DistinctBy(row => row!.ToJsonString()))
        {
            data.Add((string)row!["in"]!, row.ToJsonString());
        }

        return data;
    }
}
