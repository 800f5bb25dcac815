using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Reading;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Selectors;
using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>Reads the query parameters of lists and watches.</summary>
internal static class ReadOptions
{
    private static readonly TimeSpan _longestWatch = TimeSpan.FromMinutes(45);

    public static ObjectSelection Selection(HttpRequest request, ApiResource resource, string? inNamespace)
    {
        try
        {
            return new ObjectSelection(
                inNamespace,
                LabelSelector.Parse(request.Query["labelSelector"]),
                FieldSelector.Parse(request.Query["fieldSelector"], resource));
        }
        catch (SelectorException wrong)
        {
            throw ApiErrors.BadRequest(wrong.Message);
        }
    }

    public static ListQuery List(HttpRequest request, ObjectSelection selection)
    {
        long limit = RequestOptions.Number(request, "limit") ?? 0;
        string match = request.Query["resourceVersionMatch"].ToString();
        string version = request.Query["resourceVersion"].ToString();
        string token = request.Query["continue"].ToString();
        if (match.Length > 0 && ListMatchErrors(match, version, token) is { Count: > 0 } errors)
        {
            throw Invalid(errors);
        }

        return new ListQuery(selection, (int)Math.Clamp(limit, 0, int.MaxValue), token, version, match);
    }

    /// <summary>The one name that a list, watch or deletion of many is about; empty when it is about more.</summary>
    public static string SelectedName(HttpRequest request) => request.Query["fieldSelector"].ToString().Split(',')
        .Where(term => term.StartsWith("metadata.name=", StringComparison.Ordinal))
        .Select(term => term["metadata.name=".Length..].TrimStart('=')).FirstOrDefault() ?? "";

    private static List<FieldError> ListMatchErrors(string match, string version, string token)
    {
        var errors = new List<FieldError>();
        if (version.Length == 0)
        {
            errors.Add(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"));
        }

        if (token.Length > 0)
        {
            errors.Add(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
        }

        if (match is not ("Exact" or "NotOlderThan"))
        {
            errors.Add(FieldError.NotSupported("resourceVersionMatch", match, "Exact", "NotOlderThan", ""));
        }

        if (match == "Exact" && version == "0")
        {
            errors.Add(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }

        return errors;
    }

    public static WatchQuery Watch(HttpRequest request, ObjectSelection selection)
    {
        bool? initial = RequestOptions.Flag(request, "sendInitialEvents");
        string match = request.Query["resourceVersionMatch"].ToString();
        CheckMatch(initial, match);
        TimeSpan timeout = RequestOptions.Number(request, "timeoutSeconds") is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : _longestWatch;
        return new WatchQuery(
            selection,
            RevisionText.Parse(request.Query["resourceVersion"].ToString(), forWatch: true),
            RequestOptions.Flag(request, "allowWatchBookmarks") ?? false,
            initial,
            timeout);
    }

    private static void CheckMatch(bool? initial, string match)
    {
        if (initial is not null && match != "NotOlderThan")
        {
            List<FieldError> errors = [FieldError.Forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")];
            if (match.Length > 0)
            {
                errors.Add(FieldError.NotSupported("resourceVersionMatch", match, "NotOlderThan"));
            }

            throw Invalid(errors);
        }

        if (initial is null && match.Length > 0)
        {
            throw Invalid([FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")]);
        }
    }

    private static ApiStatusException Invalid(IReadOnlyList<FieldError> errors) => ApiErrors.Invalid("ListOptions", "meta.k8s.io", "", errors);
}
