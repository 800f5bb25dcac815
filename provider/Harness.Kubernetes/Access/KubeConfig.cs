using System.Security.Cryptography.X509Certificates;

namespace Harness.Kubernetes.Access;

/// <summary>
/// Reads kubeconfig files as kubectl does (Kubernetes docs, "Organizing cluster access using kubeconfig files"): of several files in
/// KUBECONFIG the first that names an entry wins. Plugins that print credentials are refused by name.
/// </summary>
public static class KubeConfig
{
    // Keys of a user that mean something this client cannot do.
    private static readonly (string Key, string Advice)[] Refused =
    [
        ("exec", "runs a plugin for credentials, which is not supported. Use a token, a tokenFile or a client certificate (kubectl create token gives one)"),
        ("auth-provider", "names an auth provider, which is not supported. Use a token, a tokenFile or a client certificate"),
        ("username", "asks for basic authentication, which Kubernetes no longer has. Use a token or a client certificate"),
        ("as", "asks for impersonation, which is not supported"),
    ];

    /// <param name="path">Null for KUBECONFIG, else ~/.kube/config.</param>
    /// <param name="context">Null for the file's current context.</param>
    /// <exception cref="ClusterAccessException">A file or entry is missing or cannot be used.</exception>
    public static ClusterAccess Load(string? path = null, string? context = null)
    {
        var files = ReadFiles(path);
        var name = context ?? files.Select(file => file.CurrentContext).FirstOrDefault(current => current is not null)
            ?? throw new ClusterAccessException($"The kubeconfig {Told(path)} has no current-context. Set one: kubectl config use-context NAME.");
        var chosen = Find(files, "contexts", name);
        var cluster = Find(files, "clusters", chosen.Text("cluster") ?? throw chosen.Broken("cluster", "is missing"));
        var user = chosen.Text("user") is { } userName ? Find(files, "users", userName) : null;
        return Combine(cluster, user, chosen.Text("namespace"));
    }

    private static ClusterAccess Combine(KubeConfigNode cluster, KubeConfigNode? user, string? ns)
    {
        var identity = user is null ? null : Identity(user);
        var authorities = cluster.Content("certificate-authority") is { } pem
            ? Pem.ParseCertificates(pem, cluster.Describe("certificate-authority"))
            : null;
        return new ClusterAccess
        {
            Server = cluster.Address("server") ?? throw cluster.Broken("server", "is missing"),
            CertificateAuthorities = authorities,
            SkipTlsVerify = cluster.Flag("insecure-skip-tls-verify"),
            TlsServerName = cluster.Text("tls-server-name"),
            Proxy = cluster.Address("proxy-url"),
            ClientCertificate = identity?.Certificate,
            ClientCertificateChain = identity?.Chain,
            Token = user is null ? null : Token(user),
            Namespace = ns ?? "default",
        };
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection Chain)? Identity(KubeConfigNode user)
    {
        foreach (var (key, advice) in Refused)
        {
            if (user.Has(key))
            {
                throw user.Broken(key, advice);
            }
        }

        var certificate = user.Content("client-certificate");
        var privateKey = user.Content("client-key");
        return (certificate, privateKey) switch
        {
            (null, null) => null,
            (null, _) => throw user.Broken("client-certificate", "is missing, though there is a client-key"),
            (_, null) => throw user.Broken("client-key", "is missing, though there is a client-certificate"),
            _ => Pem.ParseIdentity(certificate, privateKey, user.Describe("client-certificate")),
        };
    }

    // A token file wins over a token, as in kubectl.
    private static BearerToken? Token(KubeConfigNode user)
    {
        if (user.FilePath("tokenFile") is { } path)
        {
            return File.Exists(path) ? BearerToken.FromFile(path) : throw user.Broken("tokenFile", $"names {path}, which does not exist");
        }

        return user.Text("token") is { } token ? BearerToken.Fixed(token) : null;
    }

    private static KubeConfigNode Find(List<KubeConfigFile> files, string section, string name)
    {
        foreach (var file in files)
        {
            if (file.Find(section, name) is { } found)
            {
                return found;
            }
        }

        var known = string.Join(", ", files.SelectMany(file => file.Names(section)));
        throw new ClusterAccessException($"The kubeconfig has no entry {name} in {section}; there are: {(known.Length == 0 ? "none" : known)}.");
    }

    private static List<KubeConfigFile> ReadFiles(string? path)
    {
        if (path is not null)
        {
            return [KubeConfigFile.Read(path)];
        }

        var listed = Listed();
        var existing = listed.Where(File.Exists).ToList();
        return existing.Count > 0
            ? [.. existing.Select(KubeConfigFile.Read)]
            : [KubeConfigFile.Read(listed[0])];
    }

    private static string[] Listed()
    {
        var variable = Environment.GetEnvironmentVariable("KUBECONFIG") ?? "";
        var listed = variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return listed.Length > 0
            ? listed
            : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];
    }

    private static string Told(string? path) => path ?? string.Join(Path.PathSeparator, Listed());
}
