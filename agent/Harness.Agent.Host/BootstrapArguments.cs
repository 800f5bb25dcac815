using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Harness.Agent.Bootstrap;

namespace Harness.Agent.Host;

/// <summary>The options of an agent on a real instance.</summary>
internal sealed class BootstrapArguments
{
    private const string EndpointVariable = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    private static readonly BootstrapOptions Defaults = new();

    private readonly Option<bool> _bootstrap = new("--bootstrap")
    {
        Description = "Serve as the instance's user data asks: with a certificate authority there, AgentBootstrap first and mutual TLS after it; else in plaintext.",
    };

    private readonly Option<IPAddress?> _address = new("--address")
    {
        Description = "With --bootstrap: the address of both ports. Default: the instance's primary private one.",
        HelpName = "IP",
        CustomParser = ParseAddress,
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = "With --bootstrap: the lifecycle port; 0 takes a free one.",
        DefaultValueFactory = _ => Defaults.Port,
    };

    private readonly Option<int> _bootstrapPort = new("--bootstrap-port")
    {
        Description = "With --bootstrap: the port of AgentBootstrap; 0 takes a free one.",
        DefaultValueFactory = _ => Defaults.BootstrapPort,
    };

    private readonly Option<Uri> _imds = new("--imds")
    {
        Description = $"With --bootstrap: the instance metadata service. Default: {EndpointVariable}, else {Defaults.MetadataEndpoint}.",
        HelpName = "URL",
        CustomParser = result => ParseEndpoint(result, result.Tokens[0].Value),
        DefaultValueFactory = result => Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 } text
            ? ParseEndpoint(result, text)
            : Defaults.MetadataEndpoint,
    };

    private readonly Option<string?> _identityCertificates = new("--identity-certificates")
    {
        Description = "With --bootstrap: a PEM file of the certificates that sign identity documents (AWS publishes one for each region).",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(_bootstrap);
        command.Add(_address);
        command.Add(_port);
        command.Add(_bootstrapPort);
        command.Add(_imds);
        command.Add(_identityCertificates);
        _port.Validators.Add(RequirePort);
        _bootstrapPort.Validators.Add(RequirePort);
    }

    public bool IsAsked(CommandResult result) => result.GetValue(_bootstrap);

    /// <summary>Null without --bootstrap.</summary>
    public BootstrapOptions? Read(ParseResult parsed) => !parsed.GetValue(_bootstrap) ? null : new BootstrapOptions
    {
        Address = parsed.GetValue(_address),
        Port = parsed.GetValue(_port),
        BootstrapPort = parsed.GetValue(_bootstrapPort),
        MetadataEndpoint = parsed.GetRequiredValue(_imds),
        IdentityCertificates = parsed.GetValue(_identityCertificates),
    };

    private static void RequirePort(OptionResult result)
    {
        if (result.GetValueOrDefault<int>() is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            result.AddError($"{result.Option.Name}: a port is 0 to {IPEndPoint.MaxPort}");
        }
    }

    private static IPAddress? ParseAddress(ArgumentResult result)
    {
        if (!IPAddress.TryParse(result.Tokens[0].Value, out var address))
        {
            result.AddError($"--address: \"{result.Tokens[0].Value}\" is no IP address");
        }

        return address;
    }

    private static Uri ParseEndpoint(ArgumentResult result, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https")
        {
            return endpoint;
        }

        result.AddError($"--imds: \"{text}\" is no URL such as {Defaults.MetadataEndpoint}");
        return Defaults.MetadataEndpoint;
    }
}
