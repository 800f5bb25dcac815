using Harness.Simulator.Kubernetes.Errors;
using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// How a request's answer is to be written, from its Accept header, query and User-Agent. Immutable.
/// </summary>
internal sealed record Negotiation(MediaType Media, ObjectForm Form, bool IsPretty)
{
    private const string Json = "application/json";
    private const string Yaml = "application/yaml";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
    private const string Available = "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, "
        + "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";

    public static Negotiation Plain { get; } = new(MediaType.Json, ObjectForm.Whole, false);

    public string ContentType => Media switch
    {
        MediaType.Yaml => Yaml,
        MediaType.Protobuf => Protobuf,
        _ => Json,
    };

    /// <summary>Reads the first type of the Accept header that can be had.</summary>
    /// <param name="request">The request.</param>
    /// <param name="hasProtobuf">Whether the objects have a protobuf form.</param>
    /// <exception cref="ApiStatusException">None can be had.</exception>
    public static Negotiation Of(HttpRequest request, bool hasProtobuf)
    {
        bool isPretty = IsPrettyWanted(request);
        string accept = request.Headers.Accept.ToString();
        if (accept.Length == 0)
        {
            return Plain with { IsPretty = isPretty };
        }

        bool wasKnown = false;
        foreach (string[] clause in Clauses(accept))
        {
            MediaType? media = MediaOf(clause[0]);
            wasKnown |= media is not null;
            if (media is { } found && FormOf(clause, found, hasProtobuf) is { } form)
            {
                return new Negotiation(found, form, isPretty);
            }
        }

        throw !wasKnown
            ? ApiErrors.Of(406, "NotAcceptable", Available, new())
            : ApiErrors.NotAcceptable("application/json, application/yaml, application/vnd.kubernetes.protobuf");
    }

    /// <summary>How to write an error, whatever the request asks for.</summary>
    public static Negotiation OfError(HttpRequest request)
    {
        string accept = request.Headers.Accept.ToString();
        bool isTable = accept.Contains("as=Table", StringComparison.Ordinal);
        MediaType media = Clauses(accept).Select(clause => MediaOf(clause[0])).FirstOrDefault(found => found is not null) ?? MediaType.Json;
        return new Negotiation(isTable ? MediaType.Json : media, ObjectForm.Whole, isTable || IsPrettyWanted(request));
    }

    private static IEnumerable<string[]> Clauses(string accept) => accept.Split(',')
        .Select(clause => clause.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Where(parts => parts.Length > 0)
        .OrderByDescending(Quality);

    private static double Quality(string[] parts)
    {
        string? quality = Parameter(parts, "q");
        return quality is null ? 1
            : double.TryParse(quality, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : 0;
    }

    private static MediaType? MediaOf(string name) => name switch
    {
        Json or "*/*" or "application/*" => MediaType.Json,
        Yaml => MediaType.Yaml,
        Protobuf => MediaType.Protobuf,
        _ => null,
    };

    private static ObjectForm? FormOf(string[] clause, MediaType media, bool hasProtobuf)
    {
        string? form = Parameter(clause, "as");
        if (media == MediaType.Protobuf && !hasProtobuf && form is null)
        {
            return null;
        }

        if (form is null)
        {
            return ObjectForm.Whole;
        }

        return (form, Parameter(clause, "g"), Parameter(clause, "v")) switch
        {
            ("Table", "meta.k8s.io", "v1") when media == MediaType.Json => ObjectForm.Table,
            ("PartialObjectMetadata" or "PartialObjectMetadataList", "meta.k8s.io", "v1") when media != MediaType.Yaml => ObjectForm.Partial,
            _ => null,
        };
    }

    private static string? Parameter(string[] parts, string name) =>
        parts.Skip(1).Where(part => part.StartsWith(name + "=", StringComparison.Ordinal)).Select(part => part[(name.Length + 1)..]).FirstOrDefault();

    private static bool IsPrettyWanted(HttpRequest request)
    {
        string pretty = request.Query["pretty"].ToString();
        if (pretty.Length > 0)
        {
            return pretty is "true" or "1";
        }

        string agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal)
            || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }
}
