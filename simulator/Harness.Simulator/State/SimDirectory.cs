namespace Harness.Simulator.State;

/// <summary>
/// The folder that one simulator keeps all its files in (<c>.sim</c> by default): where each thing stands. Holds no state.
/// </summary>
public sealed class SimDirectory(string path)
{
    public string Root { get; } = Path.GetFullPath(path);

    /// <summary>The administrator's kubeconfig, for kubectl.</summary>
    public string Kubeconfig => Path.Combine(Root, "kubeconfig");

    /// <summary>Held open, exclusively, while a simulator runs here.</summary>
    public string LockFile => Path.Combine(Root, "lock");

    /// <summary>Which processes this simulator consists of, for <c>sim status</c>, <c>sim down</c> and the next start.</summary>
    public string RunRecord => Path.Combine(Root, "run.json");

    /// <summary>What a detached simulator would have shown on its terminal.</summary>
    public string ConsoleLog => Path.Combine(Root, "console.log");

    public string SimulatorLog => Path.Combine(Root, "sim.log");

    public string Kubernetes => Path.Combine(Root, "kubernetes");

    public string Provider => Path.Combine(Root, "provider");

    public string ProviderConfig => Path.Combine(Provider, "config.json");

    public string ProviderKubeconfig => Path.Combine(Provider, "kubeconfig");

    public string ProviderLog => Path.Combine(Provider, "provider.log");

    /// <summary>What the provider changed in EC2, and for which pod: one JSON object a line.</summary>
    public string ProviderAuditLog => Path.Combine(Provider, "audit.jsonl");

    /// <summary>One folder an instance: its disk, its console output.</summary>
    public string Hosts => Path.Combine(Root, "hosts");

    public string Host(string instanceId) => Path.Combine(Hosts, instanceId);

    public void Create()
    {
        foreach (var folder in (string[])[Root, Kubernetes, Provider, Hosts])
        {
            Directory.CreateDirectory(folder);
        }
    }
}
