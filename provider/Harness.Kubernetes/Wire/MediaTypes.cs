namespace Harness.Kubernetes.Wire;

/// <summary>The media types of the API.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Protobuf = "application/vnd.kubernetes.protobuf";

    public static string Accept(bool preferProtobuf) => preferProtobuf ? $"{Protobuf},{Json}" : Json;

    public static string AcceptWatch(bool preferProtobuf) => preferProtobuf ? $"{Protobuf};stream=watch,{Json}" : Json;

    public static bool IsProtobuf(string? mediaType) => string.Equals(mediaType, Protobuf, StringComparison.OrdinalIgnoreCase);

    public static bool IsJson(string? mediaType) => string.Equals(mediaType, Json, StringComparison.OrdinalIgnoreCase);
}
