using System.CommandLine;
using Harness.Simulator.Clouds;

namespace Harness.Simulator.Host.Commands;

/// <summary>The options that say which EC2.</summary>
internal static class Ec2Options
{
    public static Option<Uri> Endpoint(bool required) => new("--ec2-endpoint")
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
}
