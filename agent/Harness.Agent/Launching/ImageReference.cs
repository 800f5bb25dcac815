using Harness.Agent.Applications;

namespace Harness.Agent.Launching;

/// <summary>
/// Reads an image that names an archive: https://…#sha256=HEX, https://…@sha256:HEX, and the same with file:///. Other references name an
/// installed program, or nothing that the agent fetches. Pure.
/// </summary>
internal static class ImageReference
{
    private const int DigestLength = 64;

    /// <summary>Null: the image is no archive.</summary>
    public static ImageSource? Parse(string image)
    {
        var (location, digest) = Split(image);
        var remote = location.StartsWith("https:", StringComparison.Ordinal) || location.StartsWith("http:", StringComparison.Ordinal);
        if (!remote && digest is null)
        {
            return null;
        }

        if (!remote && !location.StartsWith("file:/", StringComparison.Ordinal))
        {
            // A registry's reference by digest: not fetched, and told apart from an archive by having no scheme.
            return null;
        }

        if (digest is null || digest.Length != DigestLength || !digest.All(char.IsAsciiHexDigit))
        {
            return ImageSource.Invalid($"image \"{location}\": an archive needs its digest; add #sha256= and 64 hexadecimal digits");
        }

        return Uri.TryCreate(location, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "file"
            ? new ImageSource(uri, digest.ToLowerInvariant(), "")
            : ImageSource.Invalid($"image \"{location}\": only https: and file: are fetched");
    }

    private static (string Location, string? Digest) Split(string image)
    {
        foreach (var mark in (string[])["#sha256=", "@sha256:"])
        {
            var at = image.LastIndexOf(mark, StringComparison.Ordinal);
            if (at > 0)
            {
                return (image[..at], image[(at + mark.Length)..]);
            }
        }

        return (image, null);
    }
}
