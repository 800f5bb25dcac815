using Harness.Simulator.Clusters.Installation;
using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Clusters.Foreign;

/// <summary>
/// A cluster that stands already, reached with a kubeconfig. The provider's objects are put into it, none that is there is touched, and all of
/// them are taken out when the simulator stops. One owner.
/// </summary>
internal sealed class ForeignCluster : ICluster
{
    private readonly ApiAccess _access;
    private readonly HttpApiClient _administrator;
    private readonly ClusterSite _site;
    private readonly InstallationOwner _owner;
    private readonly ProviderInstallation _installation;
    private bool _installed;
    private ProviderCredentials? _credentials;

    private ForeignCluster(ApiAccess access, HttpApiClient administrator, string version, ClusterSite site)
    {
        _access = access;
        _administrator = administrator;
        _site = site;
        _owner = InstallationOwner.OfFolder(site.Directory.Root);
        _installation = new ProviderInstallation(administrator, _owner, site.Time, site.Loggers.CreateLogger<ProviderInstallation>());
        Description = $"Kubernetes {version}, not the simulator's";
    }

    public string Description { get; }

    public Uri Endpoint => _access.Server;

    public string AdministratorKubeconfig => Kubeconfig.Write(_access, "administrator");

    public IApiClient Administrator => _administrator;

    public IReadOnlyDictionary<string, string> NodeLabels => _owner.Labels;

    /// <exception cref="SimulatorStartException">The kubeconfig cannot be used, the cluster does not answer, or a name is taken in it.</exception>
    public static async Task<ForeignCluster> StartAsync(ClusterChoice.Foreign choice, ClusterSite site, CancellationToken cancellationToken)
    {
        var access = ForeignAccess.Of(choice);
        var administrator = new HttpApiClient(access, site.Time);
        try
        {
            var cluster = new ForeignCluster(access, administrator, await ForeignAccess.VersionAsync(administrator, access, cancellationToken), site);
            var conflicts = await cluster._installation.ConflictsAsync(cancellationToken);
            return conflicts.Count == 0
                ? cluster
                : throw new SimulatorStartException(
                    $"These are in {access} already and stay untouched: {string.Join(", ", conflicts)}. Remove them, or use another cluster.");
        }
        catch
        {
            administrator.Dispose();
            throw;
        }
    }

    public async Task<string> AdmitProviderAsync(CancellationToken cancellationToken)
    {
        _site.Ledger.Installed(_owner);
        _installed = true;
        await _installation.InstallAsync(cancellationToken);
        _credentials = new ProviderCredentials(_administrator, _access with { ClientCertificatePem = null, ClientKeyPem = null, Token = null }, _site);
        return await _credentials.StartAsync(cancellationToken);
    }

    public Task<string> WaitForNodeAsync(CancellationToken cancellationToken) =>
        NodeReadiness.WaitAsync(_administrator, new ApiSelection(LabelSelector: _owner.Selector), cancellationToken);

    public async Task RetireNodeAsync()
    {
        _site.Progress.Report("Ending the pods on the virtual node");
        await Attempt(() => _installation.RetireNodeAsync(CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        if (_credentials is { } credentials)
        {
            await credentials.DisposeAsync();
        }

        if (_installed && await Attempt(() => _installation.RemoveAsync(CancellationToken.None)))
        {
            _site.Ledger.Installed(null);
            _site.Progress.Report("Nothing of the provider's is left in the cluster");
        }

        _administrator.Dispose();
    }

    /// <summary>A cluster that has gone away must not keep the simulator from ending its own parts; the record on disk tells what is left.</summary>
    private async Task<bool> Attempt(Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or ApiStatusException)
        {
            _site.Progress.Report($"{_access} could not be tidied up ({exception.Message}); 'sim down --dir {_site.Directory.Root}' tries again");
            return false;
        }
    }
}
