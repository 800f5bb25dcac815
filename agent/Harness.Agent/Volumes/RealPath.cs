namespace Harness.Agent.Volumes;

/// <summary>A path with every link in it followed, as realpath(3) does.</summary>
internal static class RealPath
{
    private const int MaximumLinks = 40;

    /// <summary>Null: there is nothing at the path, or its links go in circles.</summary>
    public static string? Of(string path)
    {
        var links = 0;
        var done = "/";
        var open = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (open.TryPop(out var part))
        {
            if (part is "." or "..")
            {
                done = part == "." ? done : Path.GetDirectoryName(done) ?? "/";
                continue;
            }

            var next = Path.Combine(done, part);
            if (new FileInfo(next).LinkTarget is { } target)
            {
                if (++links > MaximumLinks)
                {
                    return null;
                }

                done = target.StartsWith('/') ? "/" : done;
                foreach (var inner in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    open.Push(inner);
                }
            }
            else if (Path.Exists(next))
            {
                done = next;
            }
            else
            {
                return null;
            }
        }

        return done;
    }
}
