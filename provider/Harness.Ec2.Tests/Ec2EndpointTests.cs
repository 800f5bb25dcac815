using Amazon;
using Amazon.Runtime;
using Harness.Ec2.Model;

namespace Harness.Ec2.Tests;

public sealed class Ec2EndpointTests
{
    [Theory]
    [InlineData("us-west-2", false, false, "https://ec2.us-west-2.amazonaws.com")]
    [InlineData("us-west-2", true, false, "https://ec2-fips.us-west-2.amazonaws.com")]
    [InlineData("us-west-2", false, true, "https://ec2.us-west-2.api.aws")]
    [InlineData("cn-north-1", false, false, "https://ec2.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", false, false, "https://ec2.us-gov-west-1.amazonaws.com")]
    public void ResolveEndpoint_Region_GivesItsAddress(string region, bool fips, bool dualStack, string expected)
    {
        var config = new AmazonEC2Config
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
            IgnoreConfiguredEndpointUrls = true,
        };

        Assert.Equal(expected, config.DetermineServiceOperationEndpoint(new(new DescribeSubnetsRequest())).URL.TrimEnd('/'));
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_EC2")]
    [InlineData("AWS_ENDPOINT_URL")]
    public async Task Send_EndpointInTheEnvironment_GoesThere(string variable)
    {
        await using var server = await Ec2TestServer.StartAsync();
        server.Answer("<DescribeSubnetsResponse><requestId>r</requestId><subnetSet/></DescribeSubnetsResponse>");
        Environment.SetEnvironmentVariable(variable, server.Url);
        try
        {
            var config = new AmazonEC2Config { RegionEndpoint = RegionEndpoint.USWest2 };
            using var client = new AmazonEC2Client(new BasicAWSCredentials("AKID", "secret"), config);
            await client.DescribeSubnetsAsync(new DescribeSubnetsRequest());
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        Assert.Contains("/us-west-2/ec2/", Assert.Single(server.Requests).Headers["Authorization"], StringComparison.Ordinal);
    }
}
