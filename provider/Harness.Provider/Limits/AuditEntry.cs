using System.Text.Json.Serialization;

namespace Harness.Provider.Limits;

/// <summary>One line of the audit log.</summary>
internal sealed record AuditEntry(
    DateTimeOffset Time, string Operation, string Resource, string? PodUid, string? PodNamespace, string? PodName, string Reason, string Result);

/// <summary>Its serialisation.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
