using Harness.Simulator.Composition;
using Harness.Simulator.Fronting;
using Harness.Simulator.Kubernetes;
using Harness.Simulator.Kubernetes.Controllers;
using Microsoft.Extensions.Logging;

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
    }

    public string Description => "embedded";

    public Uri Endpoint => _cluster.Endpoint;

    public string AdministratorKubeconfig => _cluster.KubeconfigFor("kubernetes-admin", ["system:masters"]);

    /// <summary>The API server itself, for tests that look inside.</summary>
    public EmbeddedCluster Cluster => _cluster;

    public static async Task<EmbeddedClusterDriver> StartAsync(
        AddressBlock block, int seed, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var options = new EmbeddedClusterOptions { ListenOn = PortChoice.Prefer(block.ControlAddress, PortChoice.Kubernetes), Seed = seed };
        var cluster = await EmbeddedCluster.StartAsync(options, time, loggers, cancellationToken);
        return new EmbeddedClusterDriver(cluster, ControllerManager.Start(cluster.ClientFor, cluster.CertificateAuthorityPem, time, loggers));
    }

    public async Task<string> AdmitProviderAsync(CancellationToken cancellationToken)
    {
        await ProviderRole.CreateAsync(_cluster.ClientFor("kubernetes-admin"), cancellationToken);
        return _cluster.KubeconfigFor(ProviderRole.UserName, ProviderRole.Groups);
    }

    public Task<string> WaitForNodeAsync(CancellationToken cancellationToken) =>
        NodeReadiness.WaitAsync(_cluster.ClientFor("kubernetes-admin"), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _controllers.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
