using Harness.Simulator.Clusters;
using Harness.Simulator.Clusters.Installation;
using Harness.Simulator.Composition;
using Harness.Simulator.Fronting;
using Harness.Simulator.Kubernetes;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Tests.Clusters;

public sealed class ProviderCredentialsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private EmbeddedCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { Seed = 1 }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        await ProviderRole.CreateAsync(_cluster.ClientFor("administrator"), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Token_HalfOfItsLifeOver_IsReplacedAndItsHolderIsTheServiceAccount()
    {
        var directory = new SimDirectory(_folder.Path);
        directory.Create();
        var kubeconfig = Path.Combine(_folder.Path, "administrator");
        await File.WriteAllTextAsync(kubeconfig, _cluster.KubeconfigFor("administrator", UserIdentity.Masters));
        using var administrator = new HttpApiClient(KubeconfigReader.Read(kubeconfig, context: null), TimeProvider.System);
        var server = new ApiAccess { Server = _cluster.Endpoint, AuthorityPem = _cluster.CertificateAuthorityPem };
        await using var credentials = new ProviderCredentials(administrator, server, Site(directory));

        await File.WriteAllTextAsync(directory.ProviderKubeconfig, await credentials.StartAsync(CancellationToken.None));
        var first = KubeconfigReader.Read(directory.ProviderKubeconfig, context: null);
        using var provider = new HttpApiClient(first, TimeProvider.System);
        Assert.Empty((await provider.ListAsync<Harness.Kubernetes.Objects.Core.V1.Pod>(ApiSelection.All, CancellationToken.None)).Items);

        _time.Advance(TimeSpan.FromHours(12) + TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => KubeconfigReader.Read(directory.ProviderKubeconfig, context: null).Token != first.Token, "the token is not renewed");
    }

    private ClusterSite Site(SimDirectory directory)
    {
        var ledger = new RunLedger(directory, new RunRecord { Simulator = ProcessIdentity.Of(Environment.ProcessId)!, Control = "" });
        return new ClusterSite(new AddressBlock(1), directory, ledger, Seed: 1, new Progress<string>(), _time, NullLoggerFactory.Instance);
    }
}
