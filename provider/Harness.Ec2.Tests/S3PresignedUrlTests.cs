using Amazon.Runtime;
using Harness.Ec2.S3;

namespace Harness.Ec2.Tests;

public sealed class S3PresignedUrlTests
{
    private static readonly ImmutableCredentials Example = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);
    private static readonly DateTimeOffset At = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The example of the Amazon S3 API reference, "Authenticating requests: using query parameters".</summary>
    [Fact]
    public void ForGet_PublishedExample_GivesItsSignature()
    {
        var url = S3PresignedUrl.ForGet(new S3Object("examplebucket", "test.txt", "us-east-1"), Example, At, TimeSpan.FromDays(1));

        Assert.Equal(
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256" +
            "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400" +
            "&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            url.AbsoluteUri);
    }

    [Theory]
    [InlineData("bucket", "a/b c.pkg", "eu-west-1", null, "https://bucket.s3.eu-west-1.amazonaws.com/a/b%20c.pkg?")]
    [InlineData("with.dots", "k", "eu-west-1", null, "https://s3.eu-west-1.amazonaws.com/with.dots/k?")]
    [InlineData("bucket", "k", "cn-north-1", null, "https://bucket.s3.cn-north-1.amazonaws.com.cn/k?")]
    [InlineData("bucket", "k", "us-west-2", "http://127.0.0.1:4566", "http://127.0.0.1:4566/bucket/k?")]
    public void ForGet_BucketAndEndpoint_GiveTheAddress(string bucket, string key, string region, string? endpoint, string expected)
    {
        var target = new S3Object(bucket, key, region, endpoint is null ? null : new Uri(endpoint));

        var url = S3PresignedUrl.ForGet(target, Example, At, TimeSpan.FromHours(1));

        Assert.StartsWith(expected, url.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void ForGet_SessionCredentials_CarryTheToken()
    {
        var credentials = new ImmutableCredentials("AKID", "secret", "a+b/c=");

        var url = S3PresignedUrl.ForGet(new S3Object("bucket", "k", "us-west-2"), credentials, At, TimeSpan.FromHours(1));

        Assert.Contains("&X-Amz-Security-Token=a%2Bb%2Fc%3D&", url.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void ForGet_SameInputs_SameUrl() =>
        Assert.Equal(
            S3PresignedUrl.ForGet(new S3Object("b", "k", "us-west-2"), Example, At, TimeSpan.FromHours(1)),
            S3PresignedUrl.ForGet(new S3Object("b", "k", "us-west-2"), Example, At, TimeSpan.FromHours(1)));

    [Theory]
    [InlineData(0)]
    [InlineData(8 * 24)]
    public void ForGet_LifetimeOutOfRange_Throws(int hours) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => S3PresignedUrl.ForGet(new S3Object("b", "k", "r"), Example, At, TimeSpan.FromHours(hours)));
}
