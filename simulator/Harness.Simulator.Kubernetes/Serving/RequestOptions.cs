using System.Globalization;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;
using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>The query parameters that all writes share, checked.</summary>
internal sealed record RequestOptions(bool DryRun, FieldValidation Validation)
{
    private const int MostManager = 128;

    /// <exception cref="ApiStatusException">A value is not one of those that there are.</exception>
    public static RequestOptions Parse(HttpRequest request, string kind)
    {
        var errors = new List<FieldError>();
        string[] dryRun = [.. request.Query["dryRun"].Where(value => !string.IsNullOrEmpty(value)).Select(value => value!)];
        if (dryRun.Any(value => value != "All"))
        {
            string all = string.Join(",", dryRun.Select(GoText.Quote));
            errors.Add(new FieldError("dryRun", "FieldValueNotSupported", $"Unsupported value: [{all}]: supported values: \"All\""));
        }

        if (request.Query["fieldManager"].ToString().Length > MostManager)
        {
            errors.Add(FieldError.TooLong("fieldManager", $"may not be more than {MostManager} bytes"));
        }

        string manager = request.Query["fieldManager"].ToString();
        int odd = manager.Length > MostManager ? -1 : manager.TakeWhile(letter => !char.IsControl(letter)).Count();
        if (odd >= 0 && odd < manager.Length)
        {
            errors.Add(FieldError.InvalidString("fieldManager", manager, $"invalid character U+{(int)manager[odd]:X4} (at position {odd})"));
        }

        FieldValidation validation = FieldValidation.Warn;
        switch (request.Query["fieldValidation"].ToString())
        {
            case "" or "Warn": break;
            case "Ignore": validation = FieldValidation.Ignore; break;
            case "Strict": validation = FieldValidation.Strict; break;
            case var other: errors.Add(FieldError.NotSupported("fieldValidation", other, "", "Ignore", "Strict", "Warn")); break;
        }

        return errors.Count == 0
            ? new RequestOptions(dryRun.Length > 0, validation)
            : throw ApiErrors.Invalid(kind, "meta.k8s.io", "", errors);
    }

    /// <summary>A whole number of the query; null when it is absent.</summary>
    /// <exception cref="ApiStatusException">It is no number.</exception>
    public static long? Number(HttpRequest request, string name)
    {
        string text = request.Query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw ApiErrors.BadRequest($"strconv.ParseInt: parsing {GoText.Quote(text)}: invalid syntax");
    }

    /// <summary>A yes or no of the query, as Go reads it; absent means no.</summary>
    public static bool? Flag(HttpRequest request, string name) => request.Query[name].ToString() switch
    {
        "" => request.Query.ContainsKey(name) ? true : null,
        "0" or "false" or "f" or "F" or "FALSE" or "False" => false,
        _ => true,
    };
}
