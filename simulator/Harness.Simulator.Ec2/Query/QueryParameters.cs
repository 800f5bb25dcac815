using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Harness.Simulator.Ec2.Model;

namespace Harness.Simulator.Ec2.Query;

/// <summary>
/// The parameters of one call of the Query protocol, or the part of them under a prefix (`Filter.1.`). Remembers what was read, so that a
/// parameter which no operation reads is refused rather than ignored. Used by one thread.
/// </summary>
internal sealed class QueryParameters
{
    /// <summary>Names that belong to the protocol or to a signature in the query string.</summary>
    private static readonly HashSet<string> Envelope = new(StringComparer.Ordinal)
    {
        "Action", "Version", "AWSAccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "Timestamp", "Expires", "SecurityToken",
    };

    private readonly IReadOnlyDictionary<string, string> _all;
    private readonly HashSet<string> _read;
    private readonly string _prefix;

    public QueryParameters(IReadOnlyDictionary<string, string> all) : this(all, new HashSet<string>(StringComparer.Ordinal), "")
    {
    }

    private QueryParameters(IReadOnlyDictionary<string, string> all, HashSet<string> read, string prefix) =>
        (_all, _read, _prefix) = (all, read, prefix);

    /// <summary>The parameter as it came, or null.</summary>
    public string? Text(string name)
    {
        _read.Add(_prefix + name);
        return _all.GetValueOrDefault(_prefix + name);
    }

    /// <summary>The parameter, or MissingParameter.</summary>
    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw Refusals.MissingParameter(_prefix + name);

    public bool Flag(string name, bool otherwise = false) => Text(name) switch
    {
        null => otherwise,
        { } text when bool.TryParse(text, out var value) => value,
        { } text => throw Refusals.InvalidParameterValue($"Invalid value '{text}' for {_prefix}{name}. Valid values are: true, false."),
    };

    public int? Number(string name) => Text(name) switch
    {
        null => null,
        { } text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        { } text => throw Refusals.InvalidParameterValue($"Invalid value '{text}' for {_prefix}{name}. It must be an integer."),
    };

    public int RequiredNumber(string name) => Number(name) ?? throw Refusals.MissingParameter(_prefix + name);

    /// <summary>`name.1`, `name.2`, … in the order of their numbers.</summary>
    public IReadOnlyList<string> List(string name)
    {
        var values = new List<string>();
        foreach (var index in IndexesOf(name))
        {
            var key = $"{name}.{index.ToString(CultureInfo.InvariantCulture)}";
            if (Text(key) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>The structures `name.1.…`, `name.2.…`, in the order of their numbers.</summary>
    public IReadOnlyList<QueryParameters> Structures(string name) =>
        [.. IndexesOf(name).Select(index => Structure($"{name}.{index.ToString(CultureInfo.InvariantCulture)}"))];

    /// <summary>The structure `name.…`; all its members are null when it is not there.</summary>
    public QueryParameters Structure(string name) => new(_all, _read, $"{_prefix}{name}.");

    /// <summary>Whether any parameter stands under this prefix, or has this very name.</summary>
    public bool Has(string name) =>
        _all.ContainsKey(_prefix + name) || _all.Keys.Any(key => key.StartsWith($"{_prefix}{name}.", StringComparison.Ordinal));

    /// <summary>Accepts parameters that change nothing in the emulation.</summary>
    public void Accept(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _read.Add(_prefix + name);
            _read.UnionWith(_all.Keys.Where(key => key.StartsWith($"{_prefix}{name}.", StringComparison.Ordinal)));
        }
    }

    /// <summary>Accepts every parameter: the call was compared as a whole.</summary>
    public void AcceptAll() => _read.UnionWith(_all.Keys);

    /// <summary>A parameter that was sent and not read, or null.</summary>
    public string? FirstUnread() => _all.Keys
        .Where(key => !_read.Contains(key) && !Envelope.Contains(key) && !key.StartsWith("X-Amz-", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>A digest of all parameters but the protocol's own and those named.</summary>
    public string Digest(params ReadOnlySpan<string> except)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in _all.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            if (!Envelope.Contains(key) && !key.StartsWith("X-Amz-", StringComparison.Ordinal) && !except.Contains(key))
            {
                text.Append(CultureInfo.InvariantCulture, $"{key}={value.Length}:{value}\n");
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private IEnumerable<int> IndexesOf(string name)
    {
        var start = $"{_prefix}{name}.";
        var indexes = new SortedSet<int>();
        foreach (var key in _all.Keys.Where(key => key.StartsWith(start, StringComparison.Ordinal)))
        {
            var end = key.IndexOf('.', start.Length);
            var digits = end < 0 ? key.AsSpan(start.Length) : key.AsSpan(start.Length, end - start.Length);
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                indexes.Add(index);
            }
        }

        return indexes;
    }
}
