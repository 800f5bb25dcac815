namespace Harness.Simulator.Clusters.Processes;

/// <summary>Where the files of a control plane stand, below the simulator's folder. Holds no state.</summary>
internal sealed class ControlPlaneFolder(string root)
{
    public string Root { get; } = root;

    /// <summary>The cluster's authority: <c>ca.crt</c>, <c>ca.key</c>.</summary>
    public string Authority => Path.Combine(Root, "pki");

    public string AuthorityCertificate => Path.Combine(Authority, "ca.crt");

    public string AuthorityKey => Path.Combine(Authority, "ca.key");

    /// <summary>etcd trusts another authority than the cluster: who may use the API may not go past it.</summary>
    public string EtcdAuthority => Path.Combine(Authority, "etcd");

    public string EtcdAuthorityCertificate => Path.Combine(EtcdAuthority, "ca.crt");

    /// <summary>Those that this authority signed may name the user they speak for.</summary>
    public string FrontProxyAuthority => Path.Combine(Authority, "front-proxy");

    public string FrontProxyAuthorityCertificate => Path.Combine(FrontProxyAuthority, "ca.crt");

    public string ServiceAccountKey => Path.Combine(Authority, "service-accounts.key");

    public string ServiceAccountPublicKey => Path.Combine(Authority, "service-accounts.pub");

    public string AuditPolicy => Path.Combine(Root, "audit-policy.yaml");

    /// <summary>Every request to the API server: who, what, and what became of it.</summary>
    public string AuditLog => Path.Combine(Root, "audit.jsonl");

    public string EtcdData => Path.Combine(Root, "etcd");

    public string Certificate(string name) => Path.Combine(Authority, name + ".crt");

    public string Key(string name) => Path.Combine(Authority, name + ".key");

    public string Kubeconfig(string program) => Path.Combine(Root, program + ".kubeconfig");

    public string Log(string program) => Path.Combine(Root, program + ".log");

    /// <summary>An empty folder; what an earlier control plane left there is gone.</summary>
    public void CreateAnew()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Authority);
        }
        else
        {
            Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Directory.CreateDirectory(Authority);
        }
    }

    /// <summary>Removes state and keys; the logs stay for who wants to know.</summary>
    public void RemoveState()
    {
        foreach (var folder in (string[])[EtcdData, Authority])
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        foreach (var kubeconfig in Directory.Exists(Root) ? Directory.GetFiles(Root, "*.kubeconfig") : [])
        {
            File.Delete(kubeconfig);
        }
    }
}
