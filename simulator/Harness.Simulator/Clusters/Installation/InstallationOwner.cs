using System.Security.Cryptography;
using System.Text;

namespace Harness.Simulator.Clusters.Installation;

/// <summary>Whose an object in a cluster is, as its labels tell: of the simulator of one folder. A value.</summary>
/// <param name="Instance">Tells this simulator's objects from those of others.</param>
public sealed record InstallationOwner(string Instance)
{
    public const string ManagerLabel = "app.kubernetes.io/managed-by";
    public const string InstanceLabel = "app.kubernetes.io/instance";
    public const string Manager = "harness-simulator";

    private const int InstanceLength = 10;

    /// <summary>What every object of the owner is labelled with.</summary>
    public IReadOnlyDictionary<string, string> Labels => new Dictionary<string, string> { [ManagerLabel] = Manager, [InstanceLabel] = Instance };

    /// <summary>Selects the owner's objects.</summary>
    public string Selector => $"{ManagerLabel}={Manager},{InstanceLabel}={Instance}";

    /// <summary>The owner of what the simulator of a folder installs: the same for each of its runs.</summary>
    public static InstallationOwner OfFolder(string folder) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}:{folder}")))[..InstanceLength]);

    public bool Owns(IDictionary<string, string> labels) => Labels.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
