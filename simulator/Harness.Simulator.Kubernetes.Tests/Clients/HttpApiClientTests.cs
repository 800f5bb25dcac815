using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Clients;

/// <summary>The client over HTTP, against the embedded cluster; the sessions of scripts/test-real use it on a real one.</summary>
public sealed class HttpApiClientTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedCluster _cluster = null!;
    private HttpApiClient _client = null!;

    public async Task InitializeAsync()
    {
        _cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { Seed = 1 }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        string file = Path.Combine(_folder.Path, "kubeconfig");
        await File.WriteAllTextAsync(file, _cluster.KubeconfigFor("administrator", UserIdentity.Masters));
        _client = new HttpApiClient(KubeconfigReader.Read(file, context: null), TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Object_CreatedPatchedUpdatedDeleted_IsToldToAWatchOfItsSelection()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        var selection = new ApiSelection("default", "kind=mine");
        ApiList<ConfigMap> before = await _client.ListAsync<ConfigMap>(selection, patience.Token);
        Assert.Empty(before.Items);
        await _client.CreateAsync(Map("other", "yours"), patience.Token);
        await _client.CreateAsync(Map("mine", "mine"), patience.Token);
        ConfigMap patched = await _client.PatchAsync<ConfigMap>("default", "mine", ApiPatchType.Merge, """{"data":{"a":"b"}}"""u8.ToArray(), null, patience.Token);
        patched.Data["a"] = "c";
        await _client.UpdateAsync(patched, patience.Token);
        await _client.DeleteAsync<ConfigMap>("default", "mine", new ApiDelete(PreconditionUid: patched.Metadata.Uid), patience.Token);

        var told = new List<(ApiWatchEventType, string)>();
        await foreach (ApiWatchEvent<ConfigMap> change in _client.WatchAsync<ConfigMap>(selection, before.Revision, patience.Token))
        {
            told.Add((change.Type, change.Object.Data.GetValueOrDefault("a", "")));
            if (change.Type == ApiWatchEventType.Deleted)
            {
                break;
            }
        }

        Assert.Equal([(ApiWatchEventType.Added, ""), (ApiWatchEventType.Modified, "b"), (ApiWatchEventType.Modified, "c"), (ApiWatchEventType.Deleted, "c")], told);
        Assert.Null(await _client.FindAsync<ConfigMap>("default", "mine", patience.Token));
        Assert.Equal("other", Assert.Single((await _client.ListAsync<ConfigMap>(new ApiSelection(FieldSelector: "metadata.name=other"), patience.Token)).Items).Metadata.Name);
    }

    [Fact]
    public async Task Refusals_CarryTheServersStatus()
    {
        await _client.CreateAsync(Map("twice", "mine"), CancellationToken.None);

        Assert.True((await Refused(() => _client.CreateAsync(Map("twice", "mine"), CancellationToken.None))).IsAlreadyExists);
        Assert.True((await Refused(() => _client.GetAsync<ConfigMap>("default", "nobody", CancellationToken.None))).IsNotFound);
        Assert.True((await Refused(() => _client.DeleteAsync<ConfigMap>("default", "twice", new ApiDelete(PreconditionUid: "x"), CancellationToken.None))).IsConflict);
        ApiStatusException text = await Refused(() => _client.TextAsync("/nothing", CancellationToken.None));
        Assert.Equal(404, text.Code);
    }

    [Fact]
    public async Task Token_OfAServiceAccount_LetsItsHolderIn()
    {
        await _client.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "robot" } }, CancellationToken.None);

        string token = (await _client.TokenAsync("default", "robot", TimeSpan.FromHours(1), CancellationToken.None)).Token;

        using var robot = new HttpApiClient(
            new ApiAccess { Server = _cluster.Endpoint, AuthorityPem = _cluster.CertificateAuthorityPem, Token = token }, TimeProvider.System);
        ApiStatusException refusal = await Refused(() => robot.ListAsync<ConfigMap>(new ApiSelection("default"), CancellationToken.None));
        Assert.Equal(403, refusal.Code);
        Assert.Contains("system:serviceaccount:default:robot", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_OfAnotherAuthority_IsNotTrusted()
    {
        using var authority = ClusterCertificates.Open(null, TimeProvider.System);
        using var client = new HttpApiClient(new ApiAccess { Server = _cluster.Endpoint, AuthorityPem = authority.AuthorityPem }, TimeProvider.System);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.TextAsync("/version", CancellationToken.None));
    }

    private static ConfigMap Map(string name, string kind) => new() { Metadata = new ObjectMeta { Name = name, Namespace = "default", Labels = { ["kind"] = kind } } };

    private static Task<ApiStatusException> Refused(Func<Task> call) => Assert.ThrowsAsync<ApiStatusException>(call);
}
