using System.Buffers;
using System.Text;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Protobuf;

namespace Harness.Kubernetes.Objects.Tests;

/// <summary>Bodies of watches of a real API server, in protobuf and in JSON.</summary>
public sealed class WatchFramesTests
{
    public static TheoryData<string> Protobuf => new(Goldens.Names("watch", ".body.pb"));

    public static TheoryData<string> Json => new(Goldens.Names("watch", ".body.json"));

    [Theory]
    [MemberData(nameof(Protobuf))]
    public async Task Write_RecordedEvents_GivesTheRecordedBody(string name)
    {
        var recorded = Goldens.Bytes(name + ".body.pb");
        var output = new ArrayBufferWriter<byte>();
        await foreach (var watched in WatchFrames.ReadAsync(new MemoryStream(recorded)))
        {
            WatchFrames.Write(output, watched.Type, KubernetesProtobuf.DecodeKind(watched.Object.Raw.Span));
        }

        Assert.Equal(Convert.ToHexString(recorded), Convert.ToHexString(output.WrittenSpan));
    }

    [Theory]
    [MemberData(nameof(Json))]
    public void Read_RecordedJsonEvents_WritesTheSameEvents(string name)
    {
        foreach (var line in Goldens.Text(name + ".body.json").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var watched = KubernetesJson.Read<WatchEvent>(Encoding.UTF8.GetBytes(line));
            var message = KubernetesJson.ReadKind(watched.Object.Raw.Span);

            Assert.Equal(watched.Object.Raw.ToStringUtf8(), KubernetesJson.ToText(message));
            Assert.Equal(line, KubernetesJson.ToText(watched, KubernetesJsonOptions.Item));
        }
    }

    [Fact]
    public async Task ReadAsync_StreamEndsWithinAnEvent_Throws()
    {
        var recorded = Goldens.Bytes("watch/pods-protobuf.body.pb");

        await Assert.ThrowsAsync<EndOfStreamException>(() => CountAsync(recorded[..^1]));
        await Assert.ThrowsAsync<EndOfStreamException>(() => CountAsync([0, 0]));
        await Assert.ThrowsAsync<KubernetesFormatException>(() => CountAsync([0xFF, 0, 0, 0]));
    }

    private static async Task<int> CountAsync(byte[] body)
    {
        var count = 0;
        await foreach (var _ in WatchFrames.ReadAsync(new MemoryStream(body)))
        {
            count++;
        }

        return count;
    }
}
