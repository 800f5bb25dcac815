using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// Hands out the cluster addresses of services, the lowest free one of 10.96.0.0/16, and their node ports. Two that are created at the same instant may get the
/// same one; nothing routes to them here.
/// </summary>
internal sealed class ServiceAddresses(ObjectStore store, ApiResource services)
{
    private const int Capacity = 65_534;
    private const int First = 10;
    private const int FirstNodePort = 30000;
    private const int LastNodePort = 32767;

    public bool IsTaken(string address) => Taken().Contains(address);

    public static bool IsInRange(string address) => address.StartsWith("10.96.", StringComparison.Ordinal);

    public static bool IsNodePort(int port) => port is >= FirstNodePort and <= LastNodePort;

    public bool IsNodePortTaken(int port, string byOtherThan) => NodePorts(byOtherThan).Contains(port);

    /// <summary>The lowest free node port that is none of <paramref name="besides"/>.</summary>
    public int NextNodePort(IEnumerable<int> besides)
    {
        HashSet<int> taken = [.. NodePorts(""), .. besides];
        for (int port = FirstNodePort; port <= LastNodePort; port++)
        {
            if (!taken.Contains(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("All node ports are in use; delete some services.");
    }

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

    private IEnumerable<int> NodePorts(string exceptOfUid) => store.Snapshot(services).Objects()
        .Where(stored => stored.Metadata.Uid != exceptOfUid)
        .SelectMany(stored => ((Service)((MessageObject)stored.Value).Message).Spec?.Ports ?? [])
        .Select(port => port.NodePort).Where(port => port != 0);

    private HashSet<string> Taken() =>
        [.. store.Snapshot(services).Objects().Select(stored => ((Service)((MessageObject)stored.Value).Message).Spec?.ClusterIP ?? "")];
}
