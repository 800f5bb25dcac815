using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// Hands out the cluster addresses of services: the lowest free one of 10.96.0.0/16. Two that are created at the same instant may get the
/// same one; nothing routes to them here.
/// </summary>
internal sealed class ServiceAddresses(ObjectStore store, ApiResource services)
{
    private const int Capacity = 65_534;
    private const int First = 10;

    public bool IsTaken(string address) => Taken().Contains(address);

    public string Next()
    {
        HashSet<string> taken = Taken();
        for (int i = First; i <= Capacity; i++)
        {
            string address = $"10.96.{i / 256}.{i % 256}";
            if (!taken.Contains(address))
            {
                return address;
            }
        }

        throw new InvalidOperationException("All service addresses of 10.96.0.0/16 are in use; delete some services.");
    }

    private HashSet<string> Taken() =>
        [.. store.Snapshot(services).Objects().Select(stored => ((Service)((MessageObject)stored.Value).Message).Spec?.ClusterIP ?? "")];
}
