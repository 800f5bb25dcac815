using System.Globalization;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>Reads a resourceVersion of a request.</summary>
internal static class RevisionText
{
    /// <summary>The revision; null when none is named.</summary>
    /// <exception cref="ApiStatusException">It is no number.</exception>
    public static long? Parse(string text, bool forWatch = false)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long revision))
        {
            return revision;
        }

        string why = $"resourceVersion: Invalid value: {GoText.Quote(text)}: strconv.ParseUint: parsing {GoText.Quote(text)}: invalid syntax";
        throw forWatch ? ApiErrors.Of(500, "", why) : ApiErrors.BadRequest($"invalid resource version: {why}");
    }
}
