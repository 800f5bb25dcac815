using System.Globalization;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>
/// Reads a moment as Go's time.Parse does, errors included, for clients see those texts. A cursor over one text; lives for one call.
/// </summary>
internal ref struct TimeText(string text, TimeLayout layout)
{
    private int _position;
    private string? _wrong;

    /// <summary>Reads the text.</summary>
    /// <returns>Null when all is well, else what is wrong in the API server's words.</returns>
    public static string? TryParse(string text, TimeLayout layout, out DateTimeOffset moment) =>
        new TimeText(text, layout).Parse(out moment);

    private string? Parse(out DateTimeOffset moment)
    {
        moment = default;
        var year = Number(4, "2006");
        Literal("-");
        var month = Number(2, "01");
        Literal("-");
        var day = Number(2, "02");
        Literal("T");
        var hour = Number(2, "15");
        Literal(":");
        var minute = Number(2, "04");
        Literal(":");
        var second = Number(2, "05");
        var ticks = Fraction();
        var offset = Offset();
        if (_wrong is null && _position < text.Length)
        {
            _wrong = $": extra text: {Quoted(text[_position..])}";
        }

        _wrong ??= OutOfRange(year, month, day, hour, minute, second);
        if (_wrong is not null)
        {
            return $"parsing time {Quoted(text)}{_wrong}";
        }

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).Ticks + ticks;
        var utc = local - offset.Ticks;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            return $"parsing time {Quoted(text)}: year out of range";
        }

        moment = new DateTimeOffset(utc, TimeSpan.Zero);
        return null;
    }

    private static string? OutOfRange(int year, int month, int day, int hour, int minute, int second) =>
        year < 1 ? ": year out of range"
        : month is < 1 or > 12 ? ": month out of range"
        : day < 1 || day > DateTime.DaysInMonth(year, month) ? ": day out of range"
        : hour > 23 ? ": hour out of range"
        : minute > 59 ? ": minute out of range"
        : second > 59 ? ": second out of range"
        : null;

    private static string Quoted(string value) => $"\"{value}\"";

    private int Number(int digits, string element)
    {
        var rest = Rest();
        if (_wrong is not null || rest.Length < digits || rest[..digits].ContainsAnyExceptInRange('0', '9'))
        {
            Fail(element);
            return 0;
        }

        _position += digits;
        return int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private void Literal(string literal)
    {
        if (_wrong is not null || !Rest().StartsWith(literal, StringComparison.Ordinal))
        {
            Fail(literal);
            return;
        }

        _position += literal.Length;
    }

    /// <summary>The fraction in ticks: exactly the layout's, or any when the layout has none.</summary>
    private long Fraction()
    {
        var rest = Rest();
        var digits = 0;
        while (rest.Length > digits + 1 && char.IsAsciiDigit(rest[digits + 1]))
        {
            digits++;
        }

        var hasFraction = rest.Length > 0 && rest[0] is '.' or ',' && digits > 0;
        if (layout.Fraction is { } exact)
        {
            if (!hasFraction || digits < exact.Length - 1)
            {
                Fail(exact);
                return 0;
            }

            digits = exact.Length - 1;
        }
        else if (!hasFraction)
        {
            return 0;
        }

        _position += digits + 1;
        var sevenDigits = rest.Slice(1, Math.Min(digits, 7)).ToString().PadRight(7, '0');
        return long.Parse(sevenDigits, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private TimeSpan Offset()
    {
        var rest = Rest();
        if (_wrong is null && rest is ['Z', ..])
        {
            _position++;
            return TimeSpan.Zero;
        }

        const NumberStyles Digits = NumberStyles.None;
        if (_wrong is not null || rest is not ['+' or '-', _, _, ':', _, _, ..]
            || !int.TryParse(rest[1..3], Digits, CultureInfo.InvariantCulture, out var hours) || hours > 24
            || !int.TryParse(rest[4..6], Digits, CultureInfo.InvariantCulture, out var minutes) || minutes > 60)
        {
            Fail("Z07:00");
            return TimeSpan.Zero;
        }

        _position += 6;
        var offset = new TimeSpan(hours, minutes, 0);
        return rest[0] == '-' ? -offset : offset;
    }

    private readonly ReadOnlySpan<char> Rest() => text.AsSpan(_position);

    private void Fail(string element) =>
        _wrong ??= $" as {Quoted(layout.GoName)}: cannot parse {Quoted(text[_position..])} as {Quoted(element)}";
}
