using Google.Protobuf;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Rbac.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Clusters.Installation;

/// <summary>One object that a simulator puts into a cluster that is not its own. Immutable.</summary>
internal abstract class InstalledObject
{
    /// <summary><c>ServiceAccount virtual-kubelet/virtual-kubelet-sa</c></summary>
    public abstract string Title { get; }

    public static InstalledObject Of(IMessage item) => item switch
    {
        Namespace space => new Typed<Namespace>(space, space.Metadata),
        ServiceAccount account => new Typed<ServiceAccount>(account, account.Metadata),
        ClusterRole role => new Typed<ClusterRole>(role, role.Metadata),
        ClusterRoleBinding binding => new Typed<ClusterRoleBinding>(binding, binding.Metadata),
        Role role => new Typed<Role>(role, role.Metadata),
        RoleBinding binding => new Typed<RoleBinding>(binding, binding.Metadata),
        _ => throw new InvalidOperationException($"{item.Descriptor.Name} is not among the provider's objects."),
    };

    /// <summary>The labels of the object of this name that stands in the cluster; null when there is none.</summary>
    public abstract Task<IReadOnlyDictionary<string, string>?> FindLabelsAsync(IApiClient client, CancellationToken cancellationToken);

    /// <summary>Creates the object with the owner's labels.</summary>
    public abstract Task CreateAsync(IApiClient client, InstallationOwner owner, CancellationToken cancellationToken);

    /// <summary>Deletes the object if it is the owner's, and that very one.</summary>
    /// <returns>Whether there was one to delete.</returns>
    public abstract Task<bool> RemoveAsync(IApiClient client, InstallationOwner owner, CancellationToken cancellationToken);

    private sealed class Typed<T>(T value, ObjectMeta metadata) : InstalledObject
        where T : class, IMessage<T>, new()
    {
        public override string Title => metadata.Namespace.Length > 0 ? $"{typeof(T).Name} {metadata.Namespace}/{metadata.Name}" : $"{typeof(T).Name} {metadata.Name}";

        public override async Task<IReadOnlyDictionary<string, string>?> FindLabelsAsync(IApiClient client, CancellationToken cancellationToken) =>
            await client.FindAsync<T>(metadata.Namespace, metadata.Name, cancellationToken) is { } found ? Metadata(found).Labels.ToDictionary() : null;

        public override Task CreateAsync(IApiClient client, InstallationOwner owner, CancellationToken cancellationToken)
        {
            var labelled = value.Clone();
            Metadata(labelled).Labels.Add(owner.Labels.ToDictionary());
            return client.CreateAsync(labelled, cancellationToken);
        }

        public override async Task<bool> RemoveAsync(IApiClient client, InstallationOwner owner, CancellationToken cancellationToken)
        {
            if (await client.FindAsync<T>(metadata.Namespace, metadata.Name, cancellationToken) is not { } found || !owner.Owns(Metadata(found).Labels))
            {
                return false;
            }

            try
            {
                await client.DeleteAsync<T>(metadata.Namespace, metadata.Name, new ApiDelete(PreconditionUid: Metadata(found).Uid), cancellationToken);
                return true;
            }
            catch (ApiStatusException refusal) when (refusal.IsNotFound)
            {
                return false;
            }
        }

        private static ObjectMeta Metadata(T item) => (ObjectMeta)item.Descriptor.FindFieldByName("metadata").Accessor.GetValue(item);
    }
}
