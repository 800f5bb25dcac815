using System.Text;
using Harness.Simulator.Kubernetes.Clients;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Simulator.Kubernetes.Identity;

/// <summary>
/// Reads one context of a kubeconfig file (Kubernetes docs, "Organizing cluster access using kubeconfig files"). Plugins that print
/// credentials, and what else is not understood, are refused by name. Stateless.
/// </summary>
public static class KubeconfigReader
{
    private static readonly string[] _refusedOfUsers = ["exec", "auth-provider", "username", "as"];

    /// <param name="path">The file; null for the first one in KUBECONFIG, else ~/.kube/config.</param>
    /// <param name="context">The context; null for the file's current one.</param>
    /// <exception cref="KubeconfigException">The file or an entry is missing or cannot be used.</exception>
    public static ApiAccess Read(string? path, string? context)
    {
        string file = Path.GetFullPath(path ?? Usual());
        YamlMappingNode root = Load(file);
        string name = context ?? Text(root, "current-context")
            ?? throw new KubeconfigException($"{file} has no current-context: name one with --context, or set one with kubectl config use-context.");
        YamlMappingNode chosen = Entry(root, "contexts", "context", name, file);
        YamlMappingNode cluster = Entry(root, "clusters", "cluster", Text(chosen, "cluster") ?? "", file);
        YamlMappingNode user = Text(chosen, "user") is { } known ? Entry(root, "users", "user", known, file) : [];
        Refuse(cluster, ["proxy-url"], $"{file}, cluster of context {name}");
        Refuse(user, _refusedOfUsers, $"{file}, user of context {name}");
        return new ApiAccess
        {
            Server = Uri.TryCreate(Text(cluster, "server"), UriKind.Absolute, out Uri? server)
                ? server
                : throw new KubeconfigException($"{file}, cluster of context {name}: server is missing or no address."),
            AuthorityPem = Content(cluster, "certificate-authority", file),
            SkipTlsVerify = Text(cluster, "insecure-skip-tls-verify") == "true",
            TlsServerName = Text(cluster, "tls-server-name"),
            ClientCertificatePem = Content(user, "client-certificate", file),
            ClientKeyPem = Content(user, "client-key", file),
            Token = Text(user, "tokenFile") is { } tokenFile ? ReadFile(Beside(file, tokenFile), file).Trim() : Text(user, "token"),
        };
    }

    private static string Usual()
    {
        string listed = Environment.GetEnvironmentVariable("KUBECONFIG") ?? "";
        return listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
    }

    private static YamlMappingNode Load(string file)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(ReadFile(file, file)));
        }
        catch (YamlException exception)
        {
            throw new KubeconfigException($"{file} is no kubeconfig: {exception.Message}", exception);
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }, ..] ? root : throw new KubeconfigException($"{file} is no kubeconfig: it is empty, or no mapping.");
    }

    private static YamlMappingNode Entry(YamlMappingNode root, string section, string key, string name, string file)
    {
        IEnumerable<YamlMappingNode> all = Value(root, section) is YamlSequenceNode list ? list.OfType<YamlMappingNode>() : [];
        YamlMappingNode? found = all.FirstOrDefault(entry => Text(entry, "name") == name);
        return found is null
            ? throw new KubeconfigException($"{file} has no entry \"{name}\" in {section}; there are: {string.Join(", ", all.Select(entry => Text(entry, "name")))}.")
            : Value(found, key) as YamlMappingNode ?? throw new KubeconfigException($"{file}, {section}, {name}: {key} is missing.");
    }

    private static void Refuse(YamlMappingNode entry, string[] keys, string where)
    {
        if (keys.FirstOrDefault(key => Value(entry, key) is not null) is { } refused)
        {
            throw new KubeconfigException($"{where}: {refused} is not supported. Use a token or a client certificate (kubectl create token gives a token).");
        }
    }

    private static string? Content(YamlMappingNode entry, string key, string file)
    {
        if (Text(entry, key + "-data") is not { } data)
        {
            return Text(entry, key) is { } name ? ReadFile(Beside(file, name), file) : null;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }
        catch (FormatException exception)
        {
            throw new KubeconfigException($"{file}: {key}-data is no base64.", exception);
        }
    }

    private static string ReadFile(string path, string named)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"{path}{(path == named ? "" : $" (named in {named})")} cannot be read: {exception.Message}", exception);
        }
    }

    private static string Beside(string file, string name) => Path.Combine(Path.GetDirectoryName(file)!, name);

    private static string? Text(YamlMappingNode entry, string key) => Value(entry, key) is YamlScalarNode { Value: { Length: > 0 } value } ? value : null;

    private static YamlNode? Value(YamlMappingNode entry, string key) => entry.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;
}
