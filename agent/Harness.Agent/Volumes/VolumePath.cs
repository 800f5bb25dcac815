using System.Text;

namespace Harness.Agent.Volumes;

/// <summary>Which paths files of a volume may have. Pure.</summary>
internal static class VolumePath
{
    private const int MaximumBytes = 1024;
    private const int MaximumPartBytes = 255;

    public static bool IsAllowed(string path) =>
        Encoding.UTF8.GetByteCount(path) <= MaximumBytes && !path.Contains('\0') && path.Split('/').All(IsPart);

    /// <summary>True when one of the paths is a folder of another.</summary>
    public static bool Collide(IReadOnlySet<string> paths) => paths.Any(path =>
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (paths.Contains(path[..end]))
            {
                return true;
            }
        }

        return false;
    });

    private static bool IsPart(string part) =>
        part.Length > 0 && part != "." && !part.StartsWith("..", StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(part) <= MaximumPartBytes;
}
