using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers;

namespace Harness.Simulator.Clusters;

/// <summary>The embedded API server with its controllers, inside this process. One owner.</summary>
internal sealed class EmbeddedClusterDriver : ICluster
{
    private readonly EmbeddedCluster _cluster;
    private readonly ControllerManager _controllers;

    private EmbeddedClusterDriver(EmbeddedCluster cluster, ControllerManager controllers)
    {
        _cluster = cluster;
        _controllers = controllers;
        Administrator = cluster.ClientFor("kubernetes-admin");
    }

    public string Description => "embedded";

    public Uri Endpoint => _cluster.Endpoint;

    public string AdministratorKubeconfig => _cluster.KubeconfigFor("kubernetes-admin", ["system:masters"]);

    public IApiClient Administrator { get; }

    /// <summary>The API server itself, for tests that look inside.</summary>
    public EmbeddedCluster Cluster => _cluster;

    public static async Task<EmbeddedClusterDriver> StartAsync(ClusterSite site, CancellationToken cancellationToken)
    {
        var options = new EmbeddedClusterOptions { ListenOn = PortChoice.Prefer(site.Block.ControlAddress, PortChoice.Kubernetes), Seed = site.Seed };
        var cluster = await EmbeddedCluster.StartAsync(options, site.Time, site.Loggers, cancellationToken);
        return new EmbeddedClusterDriver(cluster, ControllerManager.Start(cluster.ClientFor, cluster.CertificateAuthorityPem, site.Time, site.Loggers));
    }

    public async Task<string> AdmitProviderAsync(CancellationToken cancellationToken)
    {
        await ProviderRole.CreateAsync(Administrator, cancellationToken);
        return _cluster.KubeconfigFor(ProviderRole.UserName, ProviderRole.Groups);
    }

    public Task<string> WaitForNodeAsync(CancellationToken cancellationToken) => NodeReadiness.WaitAsync(Administrator, ApiSelection.All, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _controllers.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
