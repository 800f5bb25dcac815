using YamlDotNet.RepresentationModel;

namespace Harness.Kubernetes.Access;

/// <summary>A mapping in a kubeconfig that knows where it stands, for messages and for relative paths. Immutable.</summary>
internal sealed class KubeConfigNode(YamlMappingNode node, string file, string path)
{
    public string? Text(string key) => Value(key) switch
    {
        null => null,
        YamlScalarNode { Value: "" } => null,
        YamlScalarNode scalar => scalar.Value,
        _ => throw Broken(key, "is not a text"),
    };

    public bool Flag(string key) => Text(key) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw Broken(key, $"is {other}, not true or false"),
    };

    public Uri? Address(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw Broken(key, $"is {text}, not an http or https address");
    }

    public KubeConfigNode? Child(string key) => Value(key) switch
    {
        null => null,
        YamlMappingNode mapping => new KubeConfigNode(mapping, file, Inside(key)),
        YamlScalarNode { Value: null or "" or "null" or "~" } => null,
        _ => throw Broken(key, "is not a mapping"),
    };

    public IEnumerable<KubeConfigNode> List(string key) => Value(key) switch
    {
        null => [],
        YamlSequenceNode sequence => sequence.OfType<YamlMappingNode>().Select((item, index) => new KubeConfigNode(item, file, $"{Inside(key)}[{index}]")),
        YamlScalarNode { Value: null or "" or "null" or "~" } => [],
        _ => throw Broken(key, "is not a list"),
    };

    public bool Has(string key) => Value(key) is not null;

    /// <summary>The text of <c>key-data</c> (base64), or of the file that <c>key</c> names, relative to the kubeconfig's folder.</summary>
    public string? Content(string key)
    {
        if (Text($"{key}-data") is { } data)
        {
            try
            {
                return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            catch (FormatException exception)
            {
                throw new ClusterAccessException(Broken($"{key}-data", "is no base64").Message, exception);
            }
        }

        return FilePath(key) is { } name ? Pem.ReadFile(name, Describe(key)) : null;
    }

    public string? FilePath(string key) =>
        Text(key) is { } name ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name) : null;

    public string Describe(string key) => $"kubeconfig {file}, {Inside(key)}";

    public ClusterAccessException Broken(string key, string what) => new($"{Describe(key)} {what}.");

    private YamlNode? Value(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private string Inside(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
