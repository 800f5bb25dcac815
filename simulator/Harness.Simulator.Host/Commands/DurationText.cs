using System.Globalization;

namespace Harness.Simulator.Host.Commands;

/// <summary>Durations as people write them: a number and a unit (ms, s, m, h).</summary>
internal static class DurationText
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        foreach (var (unit, length) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number <= TimeSpan.MaxValue / length / 2)
            {
                duration = length * number;
                return true;
            }
        }

        duration = TimeSpan.Zero;
        return false;
    }
}
