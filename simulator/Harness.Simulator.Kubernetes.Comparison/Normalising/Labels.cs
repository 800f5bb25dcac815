using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Comparison.Normalising;

/// <summary>
/// Gives uids, resource versions and generated names of objects names that are the same on each server: the second version seen of the
/// object cm is <c>&lt;rv cm 2&gt;</c>. One for each play of a chapter; for one task.
/// </summary>
internal sealed class Labels
{
    private readonly Dictionary<string, string> _uids = [];
    private readonly Dictionary<string, int> _incarnations = [];
    private readonly Dictionary<(string Object, string Version), string> _versions = [];
    private readonly Dictionary<string, int> _versionCounts = [];
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, int> _generated = [];

    /// <summary>Notes the objects of an answer, so that what mentions them can be labelled.</summary>
    public void Learn(string collection, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject value:
                LearnName(value["metadata"] as JsonObject);
                LearnUid(collection, value["metadata"] as JsonObject);
                LearnUid(collection, value["details"] as JsonObject);
                foreach ((_, JsonNode? child) in value)
                {
                    Learn(collection, child);
                }

                break;
            case JsonArray list:
                foreach (JsonNode? child in list)
                {
                    Learn(collection, child);
                }

                break;
        }
    }

    /// <summary>Notes a name that a server made up and then refused itself.</summary>
    public void LearnRefusedName(string sent, JsonNode? body)
    {
        const string Field = "\"generateName\":\"";
        int start = sent.IndexOf(Field, StringComparison.Ordinal);
        if (start < 0 || sent.Contains("\"name\":", StringComparison.Ordinal) || body is not JsonObject { } status || status["details"] is not JsonObject details)
        {
            return;
        }

        string prefix = sent[(start + Field.Length)..sent.IndexOf('"', start + Field.Length)];
        LearnName(new JsonObject { ["generateName"] = prefix, ["name"] = details["name"]?.DeepClone() });
    }

    public string Uid(string uid) => _uids.GetValueOrDefault(uid, "<uid>");

    /// <summary>The text with generated names in it replaced.</summary>
    public string Names(string text) => _names.Aggregate(text, (current, name) => current.Replace(name.Key, name.Value, StringComparison.Ordinal));

    public string Version(string collection, string name, string version)
    {
        string which = Names(name);
        string key = $"{collection} {which}";
        if (!_versions.TryGetValue((key, version), out string? label))
        {
            int count = _versionCounts[key] = _versionCounts.GetValueOrDefault(key) + 1;
            label = _versions[(key, version)] = $"<rv {which} {count}>";
        }

        return label;
    }

    private void LearnName(JsonObject? metadata)
    {
        if (Text(metadata, "generateName") is { Length: > 0 } prefix && Text(metadata, "name") is { } name
            && name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length && !_names.ContainsKey(name))
        {
            int count = _generated[prefix] = _generated.GetValueOrDefault(prefix) + 1;
            _names[name] = $"{prefix}<suffix {count}>";
        }
    }

    private void LearnUid(string collection, JsonObject? named)
    {
        if (Text(named, "uid") is { Length: > 0 } uid && Text(named, "name") is { } name && !_uids.ContainsKey(uid))
        {
            string key = $"{collection} {name}";
            int count = _incarnations[key] = _incarnations.GetValueOrDefault(key) + 1;
            _uids[uid] = $"<uid {Names(name)}{(count == 1 ? "" : $" {count}")}>";
        }
    }

    private static string? Text(JsonObject? owner, string name) => (owner?[name] as JsonValue)?.ToString();
}
