using Amazon.Runtime;

namespace Harness.Ec2.Pipeline;

/// <summary>The SDK's named sets of defaults (AWS_DEFAULTS_MODE), with the timeouts that AWS documents for them. Immutable.</summary>
internal static class Ec2DefaultConfiguration
{
    public static IReadOnlyList<IDefaultConfiguration> All { get; } =
    [
        Make(DefaultConfigurationMode.Standard, TimeSpan.FromSeconds(3.1)),
        Make(DefaultConfigurationMode.InRegion, TimeSpan.FromSeconds(1.1)),
        Make(DefaultConfigurationMode.CrossRegion, TimeSpan.FromSeconds(3.1)),
        Make(DefaultConfigurationMode.Mobile, TimeSpan.FromSeconds(30)),
        Make(DefaultConfigurationMode.Auto, TimeSpan.FromSeconds(3.1)),
    ];

    private static DefaultConfiguration Make(DefaultConfigurationMode mode, TimeSpan connectTimeout) => new()
    {
        Name = mode,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = connectTimeout,
        TlsNegotiationTimeout = connectTimeout,
    };
}
