using System.Text;
using System.Text.Json;
using Harness.Agent.Tls;

namespace Harness.Agent.Bootstrap;

/// <summary>What the provider put into the instance's user data for the agent. The rest of its keys are for others: whoever sets the instance up and fetches the agent.</summary>
internal sealed record UserData
{
    private const string AuthorityKey = "bootstrap-agent-ca-cert";

    /// <summary>Null: the provider asks for no bootstrap.</summary>
    public ClientAuthorities? Authorities { get; private init; }

    /// <summary>
    /// Reads JSON, in base64 or plain; absent is empty. Null, and what is wrong, for anything else: an agent that passed over user data it cannot read would
    /// serve in plaintext where it was told not to.
    /// </summary>
    public static UserData? TryParse(byte[]? content, out string problem)
    {
        problem = "";
        var text = Encoding.UTF8.GetString(content ?? []).Trim();
        if (text.Length == 0)
        {
            return new UserData();
        }

        try
        {
            using var document = JsonDocument.Parse(text.StartsWith('{') ? text : Encoding.UTF8.GetString(Convert.FromBase64String(text)));
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement, out problem) : Refuse(out problem);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return Refuse(out problem);
        }
    }

    private static UserData? Read(JsonElement root, out string problem)
    {
        problem = "";
        if (!root.TryGetProperty(AuthorityKey, out var authority) || authority.ValueKind == JsonValueKind.Null)
        {
            return new UserData();
        }

        if (authority.ValueKind != JsonValueKind.String)
        {
            problem = $"{AuthorityKey} is no string";
            return null;
        }

        if (authority.GetString() is not { Length: > 0 } pem)
        {
            return new UserData();
        }

        var authorities = ClientAuthorities.TryParse(pem, out problem);
        problem = authorities is null ? $"{AuthorityKey} {problem}" : "";
        return authorities is null ? null : new UserData { Authorities = authorities };
    }

    private static UserData? Refuse(out string problem)
    {
        problem = "it is neither a JSON object nor one in base64";
        return null;
    }
}
