using Harness.Kubernetes;
using Harness.Kubernetes.Access;
using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Resources;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>The provider's client against an API server that answers by itself, in both encodings; on a real one the codec has a judge.</summary>
[Collection(SharedSimulatorTests.Name)]
public sealed class ProviderClientTests(SharedSimulator shared)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ConfigMap_WrittenPatchedDeleted_IsAsSent(bool protobuf)
    {
        using var client = Client(protobuf);
        var map = Map("written", ("key", "välue \u0001 \"<&>\""));
        map.BinaryData.Add("bytes", Google.Protobuf.ByteString.CopyFrom(0, 255, 10));
        var created = await client.CreateAsync(KubernetesResources.ConfigMaps, map, null, CancellationToken.None);
        Assert.Equal((map.Data, map.BinaryData), (created.Data, created.BinaryData));

        var duplicate = await Refused(() => client.CreateAsync(KubernetesResources.ConfigMaps, map, null, CancellationToken.None));
        Assert.True(duplicate.IsAlreadyExists);
        var patched = await client.PatchAsync(
            KubernetesResources.ConfigMaps, "default", "written", ObjectPatch.Merge("""{"data":{"key":null,"other":"x"}}"""), null, CancellationToken.None);
        Assert.Equal("x", Assert.Single(patched.Data).Value);
        var conflict = await Refused(() => client.UpdateAsync(KubernetesResources.ConfigMaps, created, null, CancellationToken.None));
        Assert.True(conflict.IsConflict);
        created.Metadata.ResourceVersion = patched.Metadata.ResourceVersion;
        Assert.Equal(created.Data, (await client.UpdateAsync(KubernetesResources.ConfigMaps, created, null, CancellationToken.None)).Data);

        Assert.Null(await client.DeleteAsync(KubernetesResources.ConfigMaps, "default", "written", null, CancellationToken.None));
        var missing = await Refused(() => client.GetAsync(KubernetesResources.ConfigMaps, "default", "written", CancellationToken.None));
        Assert.True(missing.IsNotFound);
        Assert.Equal("configmaps \"written\" not found", missing.StatusMessage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Watch_AfterAPagedList_TellsEachChange(bool protobuf)
    {
        using var client = Client(protobuf);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        foreach (var name in Enumerable.Range(0, 5).Select(number => $"paged-{number}"))
        {
            await client.CreateAsync(KubernetesResources.ConfigMaps, Map(name), null, patience.Token);
        }

        var query = new ListQuery { LabelSelector = "part=paged", Limit = 2 };
        var first = await client.ListAsync(KubernetesResources.ConfigMaps, "default", query, patience.Token);
        Assert.Equal(2, first.Items.Count);
        Assert.NotNull(first.Continue);
        var all = await client.ListAllAsync(KubernetesResources.ConfigMaps, "default", query, patience.Token).ToListAsync(patience.Token);
        Assert.Equal(5, all.Count);

        var watch = new WatchQuery { LabelSelector = "part=paged", ResourceVersion = first.ResourceVersion };
        var events = client.WatchAsync(KubernetesResources.ConfigMaps, "default", watch, patience.Token)
            .Where(told => told.Type != WatchEventType.Bookmark).Take(6).ToListAsync(patience.Token);
        await client.PatchAsync(KubernetesResources.ConfigMaps, "default", "paged-0", ObjectPatch.Merge("""{"data":{"a":"b"}}"""), null, patience.Token);
        foreach (var item in all)
        {
            await client.DeleteAsync(KubernetesResources.ConfigMaps, "default", item.Metadata.Name, null, patience.Token);
        }

        var told = await events;
        Assert.Equal((WatchEventType.Modified, "paged-0", "b"), (told[0].Type, told[0].Object.Metadata.Name, told[0].Object.Data["a"]));
        Assert.All(told.Skip(1), deleted => Assert.Equal(WatchEventType.Deleted, deleted.Type));
        Assert.Equal(all.Select(item => item.Metadata.Name), told.Skip(1).Select(deleted => deleted.Object.Metadata.Name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lease_CreatedAndRenewed_KeepsItsMicroseconds(bool protobuf)
    {
        using var client = Client(protobuf);
        var lease = new Lease
        {
            Metadata = new ObjectMeta { Name = "held", Namespace = "default" },
            Spec = new LeaseSpec { HolderIdentity = "me", LeaseDurationSeconds = 40, RenewTime = new MicroTime { Seconds = 1_700_000_000, Nanos = 123_456_000 } },
        };
        var created = await client.CreateAsync(KubernetesResources.Leases, lease, null, CancellationToken.None);
        Assert.Equal(lease.Spec, created.Spec);
        created.Spec.RenewTime = new MicroTime { Seconds = 1_700_000_010, Nanos = 1000 };
        var renewed = await client.UpdateAsync(KubernetesResources.Leases, created, null, CancellationToken.None);
        Assert.Equal(created.Spec, renewed.Spec);
        await client.DeleteAsync(KubernetesResources.Leases, "default", "held", null, CancellationToken.None);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pod_ThatIsInvalid_IsRefusedNamingTheField(bool protobuf)
    {
        using var client = Client(protobuf);
        var pod = VirtualPod.Named("Not A Name");

        var refusal = await Refused(() => client.CreateAsync(KubernetesResources.Pods, pod, null, CancellationToken.None));

        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refusal.StatusCode);
        Assert.Equal("metadata.name", Assert.Single(refusal.Status!.Details.Causes).Field);
    }

    private static ConfigMap Map(string name, params (string Key, string Value)[] data)
    {
        var map = new ConfigMap { Metadata = new ObjectMeta { Name = name, Namespace = "default", Labels = { ["part"] = name.Split('-')[0] } } };
        foreach (var (key, value) in data)
        {
            map.Data.Add(key, value);
        }

        return map;
    }

    private static Task<KubernetesApiException> Refused(Func<Task> call) => Assert.ThrowsAsync<KubernetesApiException>(call);

    private KubernetesClient Client(bool protobuf) => KubernetesClient.For(
        KubeConfig.Load(shared.Simulator.Directory.Kubeconfig),
        new KubernetesClientOptions { PreferProtobuf = protobuf, SendProtobuf = protobuf },
        TimeProvider.System);
}
