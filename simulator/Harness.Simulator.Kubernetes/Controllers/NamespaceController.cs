using System.Text;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Discovery.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Policy.V1;
using Harness.Kubernetes.Objects.Rbac.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>
/// Gives each namespace its default service account and the cluster's CA certificate; empties a namespace that is being
/// deleted and then lets it go.
/// </summary>
public sealed class NamespaceController : Controller
{
    private const string RootCertificateName = "kube-root-ca.crt";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

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
        if (await Client.FindAsync<Namespace>("", key.Name, cancellationToken) is not { } value)
        {
            return;
        }

        if (value.Metadata.DeletionTimestamp is not null)
        {
            await EmptyAsync(value, cancellationToken);
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

    private async Task EmptyAsync(Namespace value, CancellationToken cancellationToken)
    {
        var left = 0;
        foreach (var empty in Contents)
        {
            left += await empty(Client, value.Metadata.Name, cancellationToken);
        }

        if (left > 0)
        {
            Queue.AddAfter(ObjectName.Of(value.Metadata), LookAgain);
            return;
        }

        var patch = Encoding.UTF8.GetBytes("""{"spec":{"finalizers":[]}}""");
        await Client.PatchAsync<Namespace>("", value.Metadata.Name, ApiPatchType.Merge, patch, "finalize", cancellationToken);
    }

    /// <summary>Owners before what they own, so that nothing is made anew behind the broom.</summary>
    private static Func<IApiClient, string, CancellationToken, Task<int>>[] Contents { get; } =
    [
        (client, inNamespace, token) => DeleteAllAsync<Deployment>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<StatefulSet>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<DaemonSet>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<CronJob>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<Job>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<ReplicaSet>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<Pod>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<Service>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<Endpoints>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<EndpointSlice>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<PodDisruptionBudget>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<ConfigMap>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<Secret>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<ServiceAccount>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<Role>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<RoleBinding>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<Lease>(client, inNamespace, value => value.Metadata, token),
        (client, inNamespace, token) => DeleteAllAsync<Event>(client, inNamespace, value => value.Metadata, token),
    ];

    /// <summary>Begins the deletion of each object and tells how many are still there.</summary>
    private static async Task<int> DeleteAllAsync<T>(
        IApiClient client, string inNamespace, Func<T, ObjectMeta> metadata, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        var there = await client.ListAsync<T>(new ApiSelection(inNamespace), cancellationToken);
        foreach (var item in there.Items.Select(metadata).Where(item => item.DeletionTimestamp is null))
        {
            await client.DeleteAsync<T>(inNamespace, item.Name, new ApiDelete(PreconditionUid: item.Uid), cancellationToken);
        }

        return there.Items.Count == 0 ? 0 : (await client.ListAsync<T>(new ApiSelection(inNamespace), cancellationToken)).Items.Count;
    }
}
