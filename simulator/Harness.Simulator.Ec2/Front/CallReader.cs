using System.Net;
using Harness.Simulator.Ec2.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Harness.Simulator.Ec2.Front;

/// <summary>Reads a call of the Query protocol out of an HTTP request: a form POST, or a GET with a query string. Stateless.</summary>
internal sealed class CallReader(bool requireAuthorization)
{
    private const string StsVersion = "2011-06-15";

    /// <summary>Room for a call that names a thousand instances with tags.</summary>
    private static readonly FormOptions FormLimits = new() { ValueCountLimit = 20_000 };

    public async Task<AwsCall> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(parameters, request.Query);
        var refusal = await AddFormAsync(parameters, request, cancellationToken);
        var credential = AwsCredential.Read(request);
        var action = parameters.GetValueOrDefault("Action", "");
        var isSts = credential?.Service == "sts" || parameters.GetValueOrDefault("Version") == StsVersion;
        return new AwsCall(
            isSts ? AwsService.Sts : AwsService.Ec2, action, parameters, credential?.AccessKeyId, refusal ?? Check(credential, parameters));
    }

    private static async Task<Ec2Refusal?> AddFormAsync(
        Dictionary<string, string> parameters, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return null;
        }

        try
        {
            Add(parameters, await request.ReadFormAsync(FormLimits, cancellationToken));
            return null;
        }
        catch (InvalidDataException exception)
        {
            return new Ec2Refusal("MalformedQueryString", $"The query string contains a syntax error: {exception.Message}");
        }
    }

    private Ec2Refusal? Check(AwsCredential? credential, Dictionary<string, string> parameters)
    {
        if (credential is null && requireAuthorization)
        {
            return new Ec2Refusal(
                "AuthFailure", "AWS was not able to validate the provided access credentials", HttpStatusCode.Unauthorized);
        }

        if (!parameters.ContainsKey("Action"))
        {
            return new Ec2Refusal("MissingAction", "The request is missing an Action parameter");
        }

        return parameters.ContainsKey("Version") ? null : Refusals.MissingParameter("Version");
    }

    private static void Add(Dictionary<string, string> parameters, IEnumerable<KeyValuePair<string, StringValues>> values)
    {
        foreach (var (name, value) in values)
        {
            parameters[name] = value.ToString();
        }
    }
}
