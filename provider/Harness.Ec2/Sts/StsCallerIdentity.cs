using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Harness.Ec2.Sts;

/// <summary>Asks STS who the caller is: the cheapest proof that credentials work. Thread-safe.</summary>
public sealed class StsCallerIdentity(IAmazonSecurityTokenService sts)
{
    /// <exception cref="AmazonSecurityTokenServiceException">STS refused the credentials.</exception>
    public async Task<CallerIdentity> GetAsync(CancellationToken cancellationToken)
    {
        var answer = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken);
        return new CallerIdentity(answer.Account, answer.Arn, answer.UserId);
    }
}
