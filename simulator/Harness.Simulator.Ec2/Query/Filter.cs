namespace Harness.Simulator.Ec2.Query;

/// <summary>One filter of a Describe call: a resource passes when any of its values matches any of the patterns.</summary>
internal sealed record Filter(string Name, IReadOnlyList<string> Patterns)
{
    public bool Passes(IEnumerable<string?> values) =>
        values.Any(value => value is not null && Patterns.Any(pattern => Matches(pattern, value)));

    /// <summary>EC2's wildcards: * for any text, ? for one character, a backslash before one of them for itself. Case counts.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> value)
    {
        var (patternAt, valueAt) = (0, 0);
        var (starAt, retryAt) = (-1, 0);
        while (valueAt < value.Length)
        {
            if (patternAt < pattern.Length && pattern[patternAt] == '*')
            {
                (starAt, retryAt) = (patternAt++, valueAt);
            }
            else if (MatchesOne(pattern, patternAt, value[valueAt], out var width))
            {
                patternAt += width;
                valueAt++;
            }
            else if (starAt >= 0)
            {
                (patternAt, valueAt) = (starAt + 1, ++retryAt);
            }
            else
            {
                return false;
            }
        }

        return pattern[patternAt..].TrimStart('*').IsEmpty;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, int at, char character, out int width)
    {
        width = 1;
        if (at >= pattern.Length)
        {
            return false;
        }

        if (pattern[at] == '\\' && at + 1 < pattern.Length)
        {
            width = 2;
            return pattern[at + 1] == character;
        }

        return pattern[at] == '?' || pattern[at] == character;
    }
}
