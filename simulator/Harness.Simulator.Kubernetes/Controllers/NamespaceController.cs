using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>
/// Gives each namespace its default service account and the cluster's CA certificate, and gives them again when they are deleted. The
/// server itself empties a namespace that is being deleted.
/// </summary>
public sealed class NamespaceController : Controller
{
    private const string RootCertificateName = "kube-root-ca.crt";

    private readonly string _certificateAuthorityPem;

    public NamespaceController(IApiClient client, string certificateAuthorityPem, TimeProvider time, ILogger<NamespaceController> logger)
        : base(client, time, logger)
    {
        _certificateAuthorityPem = certificateAuthorityPem;
        Watch<Namespace>(value => value.Metadata, (_, value) => Queue.Add(ObjectName.Of(value.Metadata)));
        Watch<ServiceAccount>(account => account.Metadata, (type, account) => Restore(type, account.Metadata));
        Watch<ConfigMap>(map => map.Metadata, (type, map) => Restore(type, map.Metadata));
    }

    protected override async Task ReconcileAsync(ObjectName key, CancellationToken cancellationToken)
    {
        if (await Client.FindAsync<Namespace>("", key.Name, cancellationToken) is not { Metadata.DeletionTimestamp: null })
        {
            return;
        }

        if (await Client.FindAsync<ServiceAccount>(key.Name, "default", cancellationToken) is null)
        {
            await Client.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Name = "default", Namespace = key.Name } }, cancellationToken);
        }

        if (await Client.FindAsync<ConfigMap>(key.Name, RootCertificateName, cancellationToken) is null)
        {
            var map = new ConfigMap { Metadata = new ObjectMeta { Name = RootCertificateName, Namespace = key.Name } };
            map.Data["ca.crt"] = _certificateAuthorityPem;
            await Client.CreateAsync(map, cancellationToken);
        }
    }

    private void Restore(ApiWatchEventType type, ObjectMeta metadata)
    {
        if (type == ApiWatchEventType.Deleted && metadata.Name is "default" or RootCertificateName)
        {
            Queue.Add(new ObjectName("", metadata.Namespace));
        }
    }
}
