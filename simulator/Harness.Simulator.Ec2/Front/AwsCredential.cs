using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Ec2.Front;

/// <summary>The credential of a SigV4 signature: who signed, and for which service. The signature itself is not verified.</summary>
internal sealed partial record AwsCredential(string AccessKeyId, string Region, string Service)
{
    /// <summary>Reads it from the Authorization header or a presigned query; null when neither is there or well-formed.</summary>
    public static AwsCredential? Read(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            return HeaderForm().Match(header) is { Success: true } match ? Of(match) : null;
        }

        var isPresigned = request.Query["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256" && request.Query.ContainsKey("X-Amz-Signature");
        return isPresigned && ScopeForm().Match(request.Query["X-Amz-Credential"].ToString()) is { Success: true } scope ? Of(scope) : null;
    }

    private static AwsCredential Of(Match match) =>
        new(match.Groups["key"].Value, match.Groups["region"].Value, match.Groups["service"].Value);

    [GeneratedRegex(
        @"^AWS4-HMAC-SHA256 +Credential=(?<key>[^/, ]+)/\d{8}/(?<region>[^/, ]+)/(?<service>[^/, ]+)/aws4_request, *"
        + @"SignedHeaders=[^, ]+, *Signature=[0-9a-f]{64}$")]
    private static partial Regex HeaderForm();

    [GeneratedRegex(@"^(?<key>[^/, ]+)/\d{8}/(?<region>[^/, ]+)/(?<service>[^/, ]+)/aws4_request$")]
    private static partial Regex ScopeForm();
}
