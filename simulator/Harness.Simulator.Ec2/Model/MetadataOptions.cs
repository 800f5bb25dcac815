namespace Harness.Simulator.Ec2.Model;

/// <summary>How an instance's metadata service answers.</summary>
internal sealed record MetadataOptions(
    string HttpTokens, int HttpPutResponseHopLimit, string HttpEndpoint, string HttpProtocolIpv6, string InstanceMetadataTags)
{
    /// <summary>What an instance gets whose launch names none.</summary>
    public static readonly MetadataOptions Default = new("optional", 1, "enabled", "disabled", "disabled");
}
