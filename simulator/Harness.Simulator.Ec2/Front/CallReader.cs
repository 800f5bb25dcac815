using System.Net;
using Harness.Simulator.Ec2.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Harness.Simulator.Ec2.Front;

/// <summary>Reads a call of the Query protocol out of an HTTP request: a form POST, or a GET with a query string. Stateless.</summary>
internal sealed class CallReader(bool requireAuthorization)
{
    private const string StsVersion = "2011-06-15";

    public async Task<AwsCall> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(parameters, request.Query);
        if (request.HasFormContentType)
        {
            Add(parameters, await request.ReadFormAsync(cancellationToken));
        }

        var credential = AwsCredential.Read(request);
        var action = parameters.GetValueOrDefault("Action", "");
        var isSts = credential?.Service == "sts" || parameters.GetValueOrDefault("Version") == StsVersion;
        return new AwsCall(isSts ? AwsService.Sts : AwsService.Ec2, action, parameters, credential?.AccessKeyId, Check(credential, parameters));
    }

    private Ec2Refusal? Check(AwsCredential? credential, Dictionary<string, string> parameters)
    {
        if (credential is null && requireAuthorization)
        {
            return new Ec2Refusal("AuthFailure", "AWS was not able to validate the provided access credentials", HttpStatusCode.Unauthorized);
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
