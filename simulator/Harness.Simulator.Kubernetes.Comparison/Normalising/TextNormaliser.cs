using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Simulator.Kubernetes.Comparison.Normalising;

/// <summary>Replaces, within texts, what differs on each run. For one answer.</summary>
internal sealed partial class TextNormaliser(Labels labels, DateTimeOffset now)
{
    private static readonly TimeSpan _recent = TimeSpan.FromDays(2);

    public string Normalise(string text)
    {
        string result = labels.Names(text);
        result = Uid().Replace(result, match => labels.Uid(match.Value));
        result = Moment().Replace(result, match => IsRecent(match.Value) ? match.Value.Contains('.') ? "<micro time>" : "<time>" : match.Value);
        result = GoMoment().Replace(result, "<go time>");
        result = Version().Replace(result, match => $"{match.Groups[1].Value}<rv>");
        result = AccessVolume().Replace(result, "$1-<suffix>");
        result = WebToken().Replace(result, "<token>");
        return Address().Replace(result, "<server>");
    }

    /// <summary>Whether the text is the age of something, as tables show it.</summary>
    public static bool IsAge(string text) => Age().IsMatch(text);

    private bool IsRecent(string moment) =>
        DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed)
        && (parsed - now).Duration() < _recent;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Moment();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? [+-]\d{4} \w+( m=[+-][\d.]+)?")]
    private static partial Regex GoMoment();

    [GeneratedRegex(@"(?i)(resource ?version[^0-9<,{]{0,60}|\(|current: )\d+(?=[). ,]|$)")]
    private static partial Regex Version();

    [GeneratedRegex("(kube-api-access|default-token)-[a-z0-9]{5}")]
    private static partial Regex AccessVolume();

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]+|\b[0-9a-f]{64}\b")]
    private static partial Regex WebToken();

    [GeneratedRegex(@"(127\.0\.0\.1|10\.255\.255\.1):\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"^(\d+d)?(\d+h)?(\d+m)?(\d+s)?(?<=.)$")]
    private static partial Regex Age();
}
