using Harness.Simulator.Kubernetes.Controllers;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class TemplateHashTests
{
    [Fact]
    public void Of_Template_IsTheSameForTheSameAndDiffersOtherwise()
    {
        var hash = TemplateHash.Of(Samples.Template(), 0);
        Assert.Matches("^[bcdfghjklmnpqrstvwxz2456789]{10}$", hash);
        Assert.Equal(hash, TemplateHash.Of(Samples.Template(), 0));
        Assert.NotEqual(hash, TemplateHash.Of(Samples.Template(), 1));
        Assert.NotEqual(hash, TemplateHash.Of(Samples.Template("app:2"), 0));
    }

    [Fact]
    public void Of_Labels_DoesNotDependOnTheirOrder()
    {
        var one = Samples.Template();
        one.Metadata.Labels["x"] = "1";
        one.Metadata.Labels["y"] = "2";
        var other = Samples.Template();
        other.Metadata.Labels.Clear();
        other.Metadata.Labels["y"] = "2";
        other.Metadata.Labels["app"] = "hello";
        other.Metadata.Labels["x"] = "1";
        Assert.Equal(TemplateHash.Of(one, 0), TemplateHash.Of(other, 0));
    }
}
