using System.Text.Json.Nodes;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Runtime;
using Harness.Simulator.Kubernetes.Discovery;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Tests.Discovery;

public sealed class DiscoveryMessagesTests
{
    private const int MagicLength = 4;

    [Fact]
    public void Of_CoreResources_HasTheBytesRecorded()
    {
        var recorded = APIResourceList.Parser.ParseFrom(Raw("discovery/api-v1.pb")).Resources.ToDictionary(resource => resource.Name);
        var list = (APIResourceList)DiscoveryMessages.Of(DiscoveryDocuments.Resources(ResourceRegistry.BuiltIn, "", "v1")!);
        Assert.NotEmpty(list.Resources);
        Assert.All(list.Resources, resource => Assert.Equal(recorded[resource.Name].ToByteString(), resource.ToByteString()));
    }

    [Fact]
    public void Of_Groups_HasTheBytesRecorded()
    {
        var recorded = APIGroupList.Parser.ParseFrom(Raw("discovery/apis.pb")).Groups.ToDictionary(group => group.Name);
        var list = (APIGroupList)DiscoveryMessages.Of(DiscoveryDocuments.Groups(ResourceRegistry.BuiltIn));
        Assert.NotEmpty(list.Groups);
        Assert.All(list.Groups, group => Assert.Equal(recorded[group.Name].ToByteString(), group.ToByteString()));
    }

    [Fact]
    public void Of_AnotherDocument_IsRefused() => Assert.Throws<ArgumentException>(() => DiscoveryMessages.Of(new JsonObject { ["kind"] = "Pod" }));

    private static ByteString Raw(string golden) => Unknown.Parser.ParseFrom(Golden.Bytes(golden).AsSpan(MagicLength)).Raw;
}
