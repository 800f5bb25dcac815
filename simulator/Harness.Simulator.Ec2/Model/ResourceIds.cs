using System.Text.RegularExpressions;

namespace Harness.Simulator.Ec2.Model;

/// <summary>The form of EC2's identifiers: a prefix and 8 or 17 hexadecimal digits.</summary>
internal static partial class ResourceIds
{
    private static readonly Dictionary<string, string> TypesByPrefix = new(StringComparer.Ordinal)
    {
        ["i"] = "instance", ["eni"] = "network-interface", ["vol"] = "volume", ["subnet"] = "subnet", ["vpc"] = "vpc",
        ["sg"] = "security-group", ["ami"] = "image", ["key"] = "key-pair",
    };

    /// <summary>Refuses an identifier that does not have the form, with the resource's own code.</summary>
    public static void Check(string id, string prefix, string malformedCode)
    {
        if (!id.StartsWith($"{prefix}-", StringComparison.Ordinal))
        {
            throw Refusals.Malformed(malformedCode, id, prefix);
        }

        if (!Digits().IsMatch(id.AsSpan(prefix.Length + 1)))
        {
            throw new Ec2Refusal(malformedCode, $"Invalid id: \"{id}\"");
        }
    }

    public static void CheckInstance(string id) => Check(id, "i", "InvalidInstanceID.Malformed");

    /// <summary>`instance` for `i-…`; null for a prefix that the emulation does not know.</summary>
    public static string? TypeOf(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 ? TypesByPrefix.GetValueOrDefault(id[..dash]) : null;
    }

    public static bool IsKnownType(string type) => TypesByPrefix.ContainsValue(type);

    [GeneratedRegex("^(?:[0-9a-f]{8}|[0-9a-f]{17})$")]
    private static partial Regex Digits();
}
