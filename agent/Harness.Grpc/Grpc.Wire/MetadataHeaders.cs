using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Between metadata and HTTP header fields.</summary>
internal static class MetadataHeaders
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        WellKnown.StatusHeader,
        WellKnown.MessageHeader,
        WellKnown.TimeoutHeader,
        WellKnown.EncodingHeader,
        WellKnown.AcceptEncodingHeader,
        WellKnown.RequestEncodingMetadata,
        "grpc-message-type",
        "content-type",
        "content-length",
        "te",
        "host",
    };

    /// <summary>True for fields that the protocol itself uses; they are no metadata.</summary>
    public static bool IsReserved(string name) => name.Length == 0 || name[0] == ':' || Reserved.Contains(name);

    /// <summary>True for entries that a header field can carry: text of printable ASCII, or any bytes.</summary>
    public static bool IsSendable(Metadata.Entry entry) => entry.IsBinary || !entry.Value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>Throws INTERNAL for an entry that cannot be sent.</summary>
    public static string ToHeaderValue(Metadata.Entry entry)
    {
        if (!IsSendable(entry))
        {
            throw new RpcException(new Status(
                StatusCode.Internal, $"The metadata entry '{entry.Key}' holds more than printable ASCII: send it as '{entry.Key}-bin'."));
        }

        return entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes).TrimEnd('=') : entry.Value;
    }

    /// <summary>Adds one received field. Binary values may be joined by commas; what is not base64 is dropped.</summary>
    public static void Add(Metadata metadata, string name, string value)
    {
        if (IsReserved(name))
        {
            return;
        }

        if (!Metadata.Entry.IsBinaryKey(name))
        {
            metadata.Add(name, value);
            return;
        }

        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (TryDecodeBase64(part, out var bytes))
            {
                metadata.Add(name, bytes);
            }
        }
    }

    private static bool TryDecodeBase64(string text, out byte[] bytes)
    {
        var unpadded = text.TrimEnd('=');
        var padded = unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '=');
        bytes = new byte[padded.Length / 4 * 3];
        var isValid = Convert.TryFromBase64String(padded, bytes, out var length);
        Array.Resize(ref bytes, length);
        return isValid;
    }
}
