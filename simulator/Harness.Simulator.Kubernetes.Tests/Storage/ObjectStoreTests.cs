using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Tests.Storage;

public sealed class ObjectStoreTests
{
    private static readonly ApiResource _maps = ResourceRegistry.BuiltIn.For<ConfigMap>();
    private static readonly ApiResource _secrets = ResourceRegistry.BuiltIn.For<Secret>();

    private readonly ObjectStore _store = new(windowCapacity: 8);

    [Fact]
    public void TryCreate_NameTaken_GivesNothing()
    {
        Assert.NotNull(Create("a"));
        Assert.Null(_store.TryCreate(_maps, new ObjectKey("ns", "a"), Map("a")));
    }

    [Fact]
    public void Write_AnyResource_TakesTheNextRevision()
    {
        long first = Create("a").Revision;
        StoredObject secret = _store.TryCreate(_secrets, new ObjectKey("ns", "s"), new MessageObject(new Secret()))!;
        Assert.Equal(first + 1, secret.Revision);
        Assert.Equal($"{secret.Revision}", secret.Metadata.ResourceVersion);
        Assert.Equal(secret.Revision, _store.Revision);
    }

    [Fact]
    public void TryUpdate_OldVersion_GivesNothing()
    {
        StoredObject first = Create("a");
        Assert.NotNull(_store.TryUpdate(first, first.Value.Clone()));
        Assert.Null(_store.TryUpdate(first, first.Value.Clone()));
        Assert.Null(_store.TryDelete(first));
    }

    [Fact]
    public void TryDelete_Current_TellsTheDeletionsRevisionAndKeepsTheOldVersionAsItWas()
    {
        StoredObject first = Create("a");
        StoredObject gone = _store.TryDelete(first)!;
        Assert.Equal(first.Revision + 1, gone.Revision);
        Assert.Equal($"{first.Revision}", first.Metadata.ResourceVersion);
        Assert.Null(_store.Find(_maps, first.Key));
    }

    [Fact]
    public void Objects_OfNamespace_AreInOrderOfTheirPathsFromStart()
    {
        foreach (string name in (string[])["b", "a", "c"])
        {
            Create(name);
        }

        _store.TryCreate(_maps, new ObjectKey("ns-2", "x"), Map("x"));
        StoreSnapshot snapshot = _store.Snapshot(_maps);
        Assert.Equal(["a", "b", "c"], snapshot.Objects("ns").Select(one => one.Key.Name));
        Assert.Equal(["b", "c"], snapshot.Objects("ns", "ns/a\0").Select(one => one.Key.Name));
        Assert.Equal(4, snapshot.Objects().Count());
    }

    [Fact]
    public void SnapshotAt_EarlierRevision_UndoesLaterWrites()
    {
        StoredObject a = Create("a");
        StoredObject b = Create("b");
        long then = _store.Revision;
        _store.TryDelete(a);
        _store.TryUpdate(b, b.Value.Clone());
        Create("c");
        Assert.Equal([a, b], _store.SnapshotAt(_maps, then)!.Objects());
    }

    [Fact]
    public void SnapshotAt_BeyondWindow_GivesNothing()
    {
        long then = _store.Revision;
        for (int i = 0; i < 9; i++)
        {
            Create($"n{i}");
        }

        Assert.Null(_store.SnapshotAt(_maps, then));
        Assert.NotNull(_store.SnapshotAt(_maps, then + 1));
    }

    [Fact]
    public async Task NextAsync_WritesAfterPosition_ComeInOrder()
    {
        StoreWatch watch = _store.Watch(_maps, _store.Revision);
        StoredObject a = Create("a");
        StoredObject changed = _store.TryUpdate(a, a.Value.Clone())!;
        _store.TryDelete(changed);
        IReadOnlyList<StoreEvent> told = await watch.NextAsync(CancellationToken.None);
        Assert.Equal([StoreEventKind.Added, StoreEventKind.Modified, StoreEventKind.Deleted], told.Select(one => one.Kind));
        Assert.Equal(_store.Revision, watch.Position);
    }

    [Fact]
    public async Task NextAsync_NothingYet_WaitsForTheNextWrite()
    {
        StoreWatch watch = _store.Watch(_maps, _store.Revision);
        Task<IReadOnlyList<StoreEvent>> next = watch.NextAsync(CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);
        Create("a");
        Assert.Equal("a", Assert.Single(await next.WaitAsync(TimeSpan.FromSeconds(30))).Object.Key.Name);
    }

    [Fact]
    public async Task NextAsync_WritesOfOtherResources_MoveThePositionOnly()
    {
        StoreWatch watch = _store.Watch(_maps, _store.Revision);
        _store.TryCreate(_secrets, new ObjectKey("ns", "s"), new MessageObject(new Secret()));
        Task<IReadOnlyList<StoreEvent>> next = watch.NextAsync(CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);
        Assert.Equal(_store.Revision, watch.Position);
        Create("a");
        await next.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task NextAsync_ReaderFellOutOfTheWindow_IsTold()
    {
        StoreWatch watch = _store.Watch(_maps, _store.Revision);
        for (int i = 0; i < 9; i++)
        {
            Create($"n{i}");
        }

        await Assert.ThrowsAsync<RevisionExpiredException>(async () => await watch.NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task TryCreate_ManyWriters_EveryRevisionIsUsedOnce()
    {
        var store = new ObjectStore();
        long before = store.Revision;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < 250; i++)
            {
                Assert.NotNull(store.TryCreate(_maps, new ObjectKey("ns", $"w{writer}-{i}"), Map($"w{writer}-{i}")));
            }
        })));
        Assert.Equal(before + 1000, store.Revision);
        Assert.Equal(1000, store.Snapshot(_maps).Objects().Select(one => one.Revision).Distinct().Count());
    }

    private static MessageObject Map(string name) => new(new ConfigMap { Metadata = new ObjectMeta { Namespace = "ns", Name = name } });

    private StoredObject Create(string name) => _store.TryCreate(_maps, new ObjectKey("ns", name), Map(name))!;
}
