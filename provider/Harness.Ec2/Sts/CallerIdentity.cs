namespace Harness.Ec2.Sts;

/// <summary>Who AWS takes the holder of the credentials for.</summary>
/// <param name="Account">The twelve digits of the account.</param>
/// <param name="Arn">The user's or the assumed role's ARN.</param>
/// <param name="UserId">The unique id behind the ARN.</param>
public sealed record CallerIdentity(string Account, string Arn, string UserId);
