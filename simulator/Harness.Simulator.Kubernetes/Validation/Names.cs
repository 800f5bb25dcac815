using System.Text.RegularExpressions;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>
/// Which names, label keys and label values Kubernetes takes, and what it says of the others.
/// </summary>
internal static partial class Names
{
    private const int MostSubdomain = 253;
    private const int MostLabel = 63;
    private const int MostPortName = 15;

    public static string? SubdomainError(string name) =>
        name.Length > MostSubdomain ? $"must be no more than {MostSubdomain} characters"
        : Subdomain().IsMatch(name) ? null
        : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
            + @"(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    public static string? LabelError(string name) =>
        name.Length > MostLabel ? $"must be no more than {MostLabel} characters"
        : Label().IsMatch(name) ? null
        : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
            + "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    public static string? ServiceNameError(string name) =>
        name.Length > MostLabel ? $"must be no more than {MostLabel} characters"
        : ServiceName().IsMatch(name) ? null
        : "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character "
            + "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    /// <summary>What is wrong with the name of a port, as IANA has service names.</summary>
    public static IEnumerable<string> PortNameErrors(string name)
    {
        if (name.Length > MostPortName)
        {
            yield return $"must be no more than {MostPortName} characters";
        }

        if (!PortName().IsMatch(name))
        {
            yield return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
        }
        else if (!name.Any(char.IsAsciiLetter))
        {
            yield return "must contain at least one letter (a-z)";
        }
    }

    public static string? PathSegmentError(string name) => name switch
    {
        "." or ".." => $"may not be '{name}'",
        _ when name.Contains('/') => "may not contain '/'",
        _ when name.Contains('%') => "may not contain '%'",
        _ => null,
    };

    public static IEnumerable<string> QualifiedNameErrors(string key)
    {
        string[] parts = key.Split('/');
        if (parts.Length > 2)
        {
            yield return "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
                + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') "
                + "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            yield break;
        }

        if (parts.Length == 2)
        {
            string? wrong = parts[0].Length == 0 ? "must be non-empty" : SubdomainError(parts[0]);
            if (wrong is not null)
            {
                yield return $"prefix part {wrong}";
            }
        }

        string name = parts[^1];
        if (name.Length == 0)
        {
            yield return "name part must be non-empty";
        }
        else if (name.Length > MostLabel)
        {
            yield return $"name part must be no more than {MostLabel} characters";
        }

        if (!QualifiedPart().IsMatch(name))
        {
            yield return "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
                + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
        }
    }

    public static IEnumerable<string> LabelValueErrors(string value)
    {
        if (value.Length > MostLabel)
        {
            yield return $"must be no more than {MostLabel} characters";
        }

        if (value.Length > 0 && !QualifiedPart().IsMatch(value))
        {
            yield return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
                + "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
        }
    }

    /// <summary>What is wrong with a key of a ConfigMap or Secret.</summary>
    public static string? ConfigKeyError(string key) => key switch
    {
        { Length: > MostSubdomain } => $"must be no more than {MostSubdomain} characters",
        "." => "must not be '.'",
        ".." => "must not be '..'",
        _ when key.StartsWith("..", StringComparison.Ordinal) => "must not start with '..'",
        _ when ConfigKey().IsMatch(key) => null,
        _ => "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', "
            + "regex used for validation is '[-._a-zA-Z0-9]+')",
    };

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"^[-a-z0-9]+\z")]
    private static partial Regex PortName();

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z")]
    private static partial Regex ConfigKey();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex QualifiedPart();
}
