using Harness.Simulator.Clusters.Installation;
using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes.Clients;

namespace Harness.Simulator.Clusters.Processes;

/// <summary>
/// A control plane of real programs on the first address of the simulator's block. Its state lives as long as the simulator; its logs stay.
/// The provider comes with the token of its service account, as in any cluster. One owner.
/// </summary>
internal sealed class ProcessesCluster : ICluster
{
    /// <summary>Requests alone: bodies hold secrets.</summary>
    private const string AuditPolicy =
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: Metadata

        """;

    private readonly ControlPlaneFolder _folder;
    private readonly ControlPlaneKeys _keys;
    private readonly ControlPlane _controlPlane;
    private readonly HttpApiClient _administrator;
    private readonly ClusterSite _site;
    private readonly ControlPlanePorts _ports;
    private ProviderCredentials? _credentials;

    private ProcessesCluster(ControlPlanePrograms programs, ClusterSite site)
    {
        _site = site;
        _folder = new ControlPlaneFolder(site.Directory.Kubernetes);
        _folder.CreateAnew();
        _ports = ControlPlanePorts.Choose(site.Block.ControlAddress);
        _keys = new ControlPlaneKeys(_folder, _ports, site.Time);
        _controlPlane = new ControlPlane(programs, _folder, _ports, site);
        _administrator = new HttpApiClient(_keys.AdministratorAccess(), site.Time);
        Description = $"Kubernetes {programs.KubernetesVersion}, etcd {programs.EtcdVersion}";
    }

    public string Description { get; }

    public Uri Endpoint => _ports.ApiServerEndpoint;

    public string AdministratorKubeconfig => _keys.AdministratorKubeconfig;

    public IApiClient Administrator => _administrator;

    /// <exception cref="SimulatorStartException">A program is missing or does not become healthy.</exception>
    public static async Task<ProcessesCluster> StartAsync(ClusterChoice.Processes choice, ClusterSite site, CancellationToken cancellationToken)
    {
        var cluster = new ProcessesCluster(await ControlPlanePrograms.FindAsync(choice.Folder, cancellationToken), site);
        try
        {
            await cluster._keys.WriteAsync(cancellationToken);
            await File.WriteAllTextAsync(cluster._folder.AuditPolicy, AuditPolicy, cancellationToken);
            await cluster._controlPlane.StartAsync(cluster._keys, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<string> AdmitProviderAsync(CancellationToken cancellationToken)
    {
        await ProviderRole.CreateAsync(_administrator, cancellationToken);
        var server = new ApiAccess { Server = Endpoint, AuthorityPem = _keys.AuthorityPem };
        _credentials = new ProviderCredentials(_administrator, server, _site);
        return await _credentials.StartAsync(cancellationToken);
    }

    public Task<string> WaitForNodeAsync(CancellationToken cancellationToken) => NodeReadiness.WaitAsync(_administrator, ApiSelection.All, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_credentials is { } credentials)
        {
            await credentials.DisposeAsync();
        }

        await _controlPlane.DisposeAsync();
        _administrator.Dispose();
        _keys.Dispose();
        _folder.RemoveState();
    }
}
