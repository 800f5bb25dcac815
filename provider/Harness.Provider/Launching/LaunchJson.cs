using System.Text.Json.Serialization;

namespace Harness.Provider.Launching;

/// <summary>Serialisation of what the launch writes and reads: annotations and user data.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class LaunchJson : JsonSerializerContext;
