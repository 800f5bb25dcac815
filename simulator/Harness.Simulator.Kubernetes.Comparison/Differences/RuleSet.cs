using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Harness.Simulator.Kubernetes.Comparison.Differences;

/// <summary>The rules by which differences are judged, in order: the first that matches counts. Immutable.</summary>
internal sealed class RuleSet(IReadOnlyList<DifferenceRule> rules)
{
    public IReadOnlyList<DifferenceRule> Rules => rules;

    public ClassifiedDifference Classify(Difference difference) => new(difference, rules.FirstOrDefault(rule => rule.Matches(difference)));

    /// <summary>Rules that none of these differences needs.</summary>
    public IReadOnlyList<DifferenceRule> Stale(IEnumerable<ClassifiedDifference> found) => [.. rules.Except(found.Select(one => one.Rule).OfType<DifferenceRule>())];

    /// <summary>The rules that stand beside the program.</summary>
    public static RuleSet Load() => new([.. Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "rules"), "*.yaml").Order(StringComparer.Ordinal)
        .SelectMany(path => Parse(File.ReadAllText(path)))]);

    /// <exception cref="FormatException">A rule has no class that there is, or no reason.</exception>
    public static IEnumerable<DifferenceRule> Parse(string yaml)
    {
        IDeserializer reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        return (reader.Deserialize<List<Entry>?>(yaml) ?? []).Select(entry => entry.ToRule());
    }

    private sealed class Entry
    {
        public string Class { get; set; } = "";

        public string Reason { get; set; } = "";

        public string Since { get; set; } = "";

        public List<string> Steps { get; set; } = ["*"];

        public List<string> Paths { get; set; } = ["*"];

        public string Real { get; set; } = "*";

        public string Embedded { get; set; } = "*";

        public DifferenceRule ToRule() => new()
        {
            Class = Class switch
            {
                "version" when Since.Length > 0 => DifferenceClass.Version,
                "out of scope" => DifferenceClass.OutOfScope,
                "defect" => DifferenceClass.Defect,
                _ => throw new FormatException($"The rule '{Reason}' has the class '{Class}': it must be 'version' with a 'since', 'out of scope' or 'defect'."),
            },
            Reason = Reason.Length > 0 ? Reason : throw new FormatException("A rule has no reason."),
            Since = Since,
            Steps = Steps,
            Paths = Paths,
            Real = Real,
            Embedded = Embedded,
        };
    }
}
