using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Objects.Tests;

public sealed class KubernetesKindsTests
{
    [Theory]
    [InlineData("v1", "Pod", "k8s.io.api.core.v1.Pod", false)]
    [InlineData("v1", "PodList", "k8s.io.api.core.v1.PodList", true)]
    [InlineData("apps/v1", "Deployment", "k8s.io.api.apps.v1.Deployment", false)]
    [InlineData("events.k8s.io/v1", "Event", "k8s.io.api.events.v1.Event", false)]
    [InlineData("v1", "Event", "k8s.io.api.core.v1.Event", false)]
    [InlineData("policy/v1beta1", "Eviction", "k8s.io.api.policy.v1beta1.Eviction", false)]
    [InlineData("autoscaling/v1", "Scale", "k8s.io.api.autoscaling.v1.Scale", false)]
    [InlineData("meta.k8s.io/v1", "PartialObjectMetadataList", "k8s.io.apimachinery.pkg.apis.meta.v1.PartialObjectMetadataList", true)]
    [InlineData("v1", "PodExecOptions", "k8s.io.api.core.v1.PodExecOptions", false)]
    public void Find_ApiVersionAndKind_GivesItsMessage(string apiVersion, string kind, string message, bool isList)
    {
        var found = KubernetesKinds.Find(apiVersion, kind);

        Assert.Equal(message, found?.Descriptor.FullName);
        Assert.Equal(apiVersion, found?.ApiVersion);
        Assert.Equal(isList, found?.IsList);
        Assert.Equal(found, KubernetesKinds.Find(found!.Descriptor));
    }

    [Theory]
    [InlineData("apps/v1", "Pod")]
    [InlineData("v1", "PodTemplateSpec")]
    [InlineData("v1", "PodSpec")]
    [InlineData("example.com/v1", "Widget")]
    [InlineData("", "")]
    public void Find_NotAKind_IsNull(string apiVersion, string kind) => Assert.Null(KubernetesKinds.Find(apiVersion, kind));

    [Fact]
    public void Find_MetaKindOfAnotherGroup_KeepsThatGroup()
    {
        var options = KubernetesKinds.Find("policy/v1", "DeleteOptions");

        Assert.Equal("policy/v1", options?.ApiVersion);
        Assert.Equal(DeleteOptions.Descriptor, options?.Descriptor);
    }

    [Fact]
    public void Of_Message_GivesItsKindOrRefuses()
    {
        Assert.Equal("apps/v1", KubernetesKinds.Of<Deployment>().ApiVersion);
        Assert.IsType<Pod>(KubernetesKinds.Of<Pod>().Create());
        Assert.Throws<ArgumentException>(() => KubernetesKinds.Of<PodSpec>());
    }
}
