using Amazon.Runtime;
using Amazon.SecurityToken;
using Harness.Ec2.Sts;

namespace Harness.Ec2.Tests;

public sealed class StsCallerIdentityTests
{
    [Fact]
    public async Task Get_Answer_IsRead()
    {
        await using var server = await Ec2TestServer.StartAsync();
        server.Answer(Golden.Read("responses/get-caller-identity.xml"));
        using var sts = new AmazonSecurityTokenServiceClient(
            new BasicAWSCredentials("AKID", "secret"),
            new AmazonSecurityTokenServiceConfig { ServiceURL = server.Url, AuthenticationRegion = "us-west-2" });

        var identity = await new StsCallerIdentity(sts).GetAsync(CancellationToken.None);

        Assert.Equal(new CallerIdentity("123456789012", "arn:aws:iam::123456789012:user/Alice", "AIDACKCEVSQ6C2EXAMPLE"), identity);
    }
}
