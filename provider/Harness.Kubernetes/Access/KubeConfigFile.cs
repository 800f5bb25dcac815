using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Kubernetes.Access;

/// <summary>One kubeconfig file, read but not judged. Immutable.</summary>
internal sealed class KubeConfigFile
{
    private readonly KubeConfigNode _root;

    private KubeConfigFile(KubeConfigNode root)
    {
        _root = root;
    }

    public string? CurrentContext => _root.Text("current-context");

    /// <exception cref="ClusterAccessException">The file is missing, or no kubeconfig.</exception>
    public static KubeConfigFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new ClusterAccessException($"The kubeconfig {path} does not exist. Give one with --kubeconfig, or set KUBECONFIG.");
        }

        try
        {
            using var reader = new StringReader(Pem.ReadFile(path, "kubeconfig"));
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..]
                ? new KubeConfigFile(new KubeConfigNode(root, path, ""))
                : throw new ClusterAccessException($"The kubeconfig {path} is empty or no YAML mapping.");
        }
        catch (YamlException exception)
        {
            throw new ClusterAccessException($"The kubeconfig {path} is no YAML: line {exception.Start.Line}: {exception.Message}", exception);
        }
    }

    /// <summary>The entry of that name in <c>clusters</c>, <c>contexts</c> or <c>users</c>.</summary>
    public KubeConfigNode? Find(string section, string name)
    {
        var key = section[..^1];
        foreach (var entry in _root.List(section))
        {
            if (entry.Text("name") == name)
            {
                return entry.Child(key) ?? throw entry.Broken(key, "is missing");
            }
        }

        return null;
    }

    public IEnumerable<string> Names(string section) => _root.List(section).Select(entry => entry.Text("name") ?? "");
}
