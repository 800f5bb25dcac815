using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Harness.Simulator.Clouds;

namespace Harness.Simulator.Host.Commands;

/// <summary>The options that say which EC2, and the choice that they add up to.</summary>
internal static class Ec2Options
{
    private const string Embedded = "embedded";
    private const string AtEndpoint = "endpoint";
    private const string LocalStack = "localstack";

    public static Option<string> Kind()
    {
        var kind = new Option<string>("--ec2")
        {
            Description = "The EC2 that instances come from: embedded, endpoint (any that answers at --ec2-endpoint, such as moto), or localstack (in a container; LOCALSTACK_IMAGE, LOCALSTACK_AUTH_TOKEN).",
            DefaultValueFactory = _ => Embedded,
            HelpName = "KIND",
        };
        kind.AcceptOnlyFromAmong(Embedded, AtEndpoint, LocalStack);
        return kind;
    }

    public static Option<Uri?> Endpoint(bool required) => new("--ec2-endpoint")
    {
        Description = "Where another EC2 answers, such as http://127.0.0.1:5000. Credentials come from AWS_ACCESS_KEY_ID and so on, else they are 'test'.",
        HelpName = "URL",
        Required = required,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https")
            {
                return endpoint;
            }

            result.AddError($"--ec2-endpoint '{text}' is not a URL of http or https.");
            return null;
        },
    };

    public static Option<string> Region() => new("--ec2-region", "--region")
    {
        Description = "The region whose instances are meant, of an EC2 that is not the embedded one.",
        DefaultValueFactory = _ => CloudAccess.DefaultRegion,
        HelpName = "REGION",
    };

    public static Option<string?> Cidr() => new("--ec2-cidr")
    {
        Description = "The addresses of the VPC that is made in another EC2, a /16; the simulator's block by default. Others than 127.N.0.0/16 are added to the loopback interface, which needs root.",
        HelpName = "A.B.0.0/16",
    };

    /// <summary>Refuses options that do not go together.</summary>
    public static void Check(CommandResult result, Option<string> kind, Option<Uri?> endpoint, Option<string?> cidr)
    {
        var chosen = result.GetValue(kind) ?? Embedded;
        if ((chosen == AtEndpoint) != (result.GetResult(endpoint) is not null))
        {
            result.AddError("--ec2 endpoint and --ec2-endpoint URL go together.");
        }

        if (result.GetValue(cidr) is { } network && (chosen == Embedded || !IPNetwork.TryParse(network, out var parsed) || parsed.PrefixLength != 16))
        {
            result.AddError("--ec2-cidr is a network of 16 bits, such as 10.140.0.0/16, for an EC2 that is not the embedded one.");
        }
    }

    public static CloudChoice Choose(ParseResult parsed, Option<string> kind, Option<Uri?> endpoint, Option<string> region, Option<string?> cidr) =>
        parsed.GetRequiredValue(kind) switch
        {
            AtEndpoint => new CloudChoice.Endpoint(
                CloudAccess.FromEnvironment(parsed.GetValue(endpoint)!, parsed.GetValue(region), Environment.GetEnvironmentVariable), parsed.GetValue(cidr)),
            LocalStack => new CloudChoice.LocalStack(parsed.GetRequiredValue(region), Environment.GetEnvironmentVariable, parsed.GetValue(cidr)),
            _ => new CloudChoice.Embedded(),
        };
}
