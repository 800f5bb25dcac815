using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Comparison.Reports;

/// <summary>
/// The normalised answers of a real API server to one chapter, as a file keeps them: a line for each step. Immutable.
/// </summary>
/// <param name="Version">The version of the server.</param>
/// <param name="Answers">The answers by step, in order.</param>
internal sealed record Recording(string Version, IReadOnlyList<KeyValuePair<string, JsonObject>> Answers)
{
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The folder of the recordings that stand beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "recordings");

    public static Recording Read(string folder, string chapter) => Parse(File.ReadAllText(FileOf(folder, chapter)));

    public static bool Exists(string folder, string chapter) => File.Exists(FileOf(folder, chapter));

    public void Write(string folder, string chapter) => File.WriteAllText(FileOf(folder, chapter), ToText());

    public static Recording Parse(string text)
    {
        JsonObject document = JsonNode.Parse(text)!.AsObject();
        var answers = document["answers"]!.AsObject();
        return new Recording((string)document["server"]!, [.. answers.Select(one => new KeyValuePair<string, JsonObject>(one.Key, one.Value!.AsObject()))]);
    }

    public string ToText()
    {
        var text = new StringBuilder();
        text.Append("{\"server\":").Append(Json(Version)).Append(",\"answers\":{");
        string separator = "\n";
        foreach ((string step, JsonObject answer) in Answers)
        {
            text.Append(separator).Append(Json(step)).Append(':').Append(answer.ToJsonString(_plain));
            separator = ",\n";
        }

        return text.Append("\n}}\n").ToString();
    }

    private static string Json(string value) => JsonSerializer.Serialize(value, _plain);

    private static string FileOf(string folder, string chapter) => Path.Combine(folder, chapter + ".json");
}
