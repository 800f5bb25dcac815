using Harness.Kubernetes.Informers;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Resources;

namespace Harness.Kubernetes.Tests.Informers;

public sealed class InformerCacheTests
{
    private readonly InformerCache<Pod> _cache = new(KubernetesResources.Pods);

    [Fact]
    public void Put_NewThenChangedThenSame_IsAddedUpdatedNothing()
    {
        Assert.Equal([ObjectChangeType.Added], Types(_cache.Put(Make("a", "u1", "1"))));
        Assert.Equal([ObjectChangeType.Updated], Types(_cache.Put(Make("a", "u1", "2"))));
        Assert.Empty(_cache.Put(Make("a", "u1", "2")));
        Assert.True(_cache.TryGet("ns", "a", out var pod));
        Assert.Equal("2", pod.Metadata.ResourceVersion);
    }

    [Fact]
    public void Put_OtherUidUnderTheName_IsTheEndOfOneAndTheBeginningOfAnother()
    {
        _cache.Put(Make("a", "u1", "1"));

        var changes = _cache.Put(Make("a", "u2", "5"));

        Assert.Equal([ObjectChangeType.Deleted, ObjectChangeType.Added], Types(changes));
        Assert.Equal(["u1", "u2"], changes.Select(change => change.Key.Uid));
    }

    [Fact]
    public void Remove_OfAnObjectWhoseNameIsTakenByNow_IsNothing()
    {
        _cache.Put(Make("a", "u2", "5"));

        Assert.Empty(_cache.Remove(Make("a", "u1", "6")));
        Assert.Equal(1, _cache.Count);
        Assert.Equal([ObjectChangeType.Deleted], Types(_cache.Remove(Make("a", "u2", "7"))));
        Assert.Empty(_cache.List());
    }

    [Fact]
    public void RemoveUnlessIn_CompleteList_EndsTheOthers()
    {
        _cache.Put(Make("a", "u1", "1"));
        _cache.Put(Make("b", "u2", "1"));

        var changes = _cache.RemoveUnlessIn(new HashSet<(string, string)> { ("ns", "b") });

        Assert.Equal("ns/a", Assert.Single(changes).Key.ToString());
        Assert.Equal("b", Assert.Single(_cache.List()).Metadata.Name);
    }

    internal static Pod Make(string name, string uid, string resourceVersion) => new()
    {
        Metadata = new ObjectMeta { Namespace = "ns", Name = name, Uid = uid, ResourceVersion = resourceVersion },
    };

    private static IEnumerable<ObjectChangeType> Types(IReadOnlyList<ObjectChange<Pod>> changes) => changes.Select(change => change.Type);
}
