using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Harness.Simulator.Kubernetes.Documents;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// YAML 1.1 request bodies as JSON: plain scalars are numbers, booleans (<c>y</c>, <c>on</c> and the like among them) or null where they look so.
/// </summary>
internal static partial class YamlBody
{
    public static byte[] ToJson(byte[] yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Encoding.UTF8.GetString(yaml)));
        JsonNode? node = stream.Documents.Count == 0 ? new JsonObject() : Convert(stream.Documents[0].RootNode);
        return node is null ? "null"u8.ToArray() : ObjectJson.ToUtf8(node);
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => Object(map),
        YamlSequenceNode list => new JsonArray([.. list.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value ?? ""),
        _ => null,
    };

    private static JsonObject Object(YamlMappingNode map)
    {
        var document = new JsonObject();
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            document[((YamlScalarNode)key).Value ?? ""] = Convert(value);
        }

        return document;
    }

    private static JsonValue? Plain(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return JsonValue.Create(true);
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return JsonValue.Create(false);
        }

        if (Whole().IsMatch(text) && long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return JsonValue.Create(whole);
        }

        return Fraction().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9_]*)\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?\z|^[-+]?\.[0-9]+([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Fraction();
}
