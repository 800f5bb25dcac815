using System.Globalization;
using Amazon.Runtime;
using Harness.Ec2;

namespace Harness.Simulator.Clouds;

/// <summary>
/// How another EC2 than the embedded one is reached: an endpoint that answers for EC2, STS and S3 alike, as emulators do, and credentials.
/// A value.
/// </summary>
public sealed record CloudAccess(Uri Endpoint, string Region, string AccessKey, string SecretKey, string? SessionToken = null)
{
    public const string DefaultRegion = "us-west-2";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(20);

    /// <summary>With the credentials of the caller's environment (AWS_ACCESS_KEY_ID and so on), else with "test", which emulators take.</summary>
    public static CloudAccess FromEnvironment(Uri endpoint, string? region, Func<string, string?> variable) =>
        (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY")) is ({ Length: > 0 } key, { Length: > 0 } secret)
            ? new CloudAccess(endpoint, region ?? DefaultRegion, key, secret, variable("AWS_SESSION_TOKEN") is { Length: > 0 } token ? token : null)
            : new CloudAccess(endpoint, region ?? DefaultRegion, "test", "test");

    /// <summary>In the names of the AWS SDKs' environment variables, for a program that is to call this EC2.</summary>
    public IReadOnlyDictionary<string, string> ToEnvironment()
    {
        var environment = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = Endpoint.ToString(),
            ["AWS_REGION"] = Region,
            ["AWS_ACCESS_KEY_ID"] = AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = SecretKey,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        if (SessionToken is { } token)
        {
            environment["AWS_SESSION_TOKEN"] = token;
        }

        return environment;
    }

    /// <summary>A client for EC2; the caller disposes it.</summary>
    internal AmazonEC2Client Connect() => new(
        SessionToken is { } token ? new SessionAWSCredentials(AccessKey, SecretKey, token) : new BasicAWSCredentials(AccessKey, SecretKey),
        new AmazonEC2Config { ServiceURL = Endpoint.ToString(), AuthenticationRegion = Region, Timeout = CallTimeout });

    internal ImmutableCredentials Credentials() => new(AccessKey, SecretKey, SessionToken);

    /// <summary>Says where, never with which credentials.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Endpoint.ToString().TrimEnd('/')} ({Region})");
}
