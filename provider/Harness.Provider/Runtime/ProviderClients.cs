using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Harness.Ec2;
using Harness.Kubernetes;
using Harness.Kubernetes.Access;
using Harness.Provider.Configuration;

namespace Harness.Provider.Runtime;

/// <summary>The clients of one provider process: the Kubernetes API and EC2. Made once, disposed at the end.</summary>
internal sealed class ProviderClients : IDisposable
{
    private readonly KubernetesClient _kubernetes;
    private readonly AmazonEC2Client _ec2;

    private ProviderClients(KubernetesClient kubernetes, AmazonEC2Client ec2)
    {
        _kubernetes = kubernetes;
        _ec2 = ec2;
    }

    public IKubernetes Kubernetes => _kubernetes;

    public IEc2 Ec2 => _ec2;

    /// <summary>The AWS SDK's own chain: environment, profile, web identity, instance role.</summary>
    public static AWSCredentials Credentials() => DefaultAWSCredentialsIdentityResolver.GetCredentials();

    /// <summary>As the AWS SDKs look for it (SDKs and Tools Reference Guide, "Service-specific endpoints"); null: AWS's own S3.</summary>
    public static Uri? S3Endpoint(Func<string, string?> variable) =>
        new[] { "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL" }.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } url
            ? new Uri(url)
            : null;

    /// <exception cref="EnvironmentException">There is no usable kubeconfig, or there are no AWS credentials.</exception>
    public static ProviderClients Make(ProviderOptions options, ProviderConfiguration configuration, TimeProvider clock)
    {
        var kubernetes = KubernetesClient.For(
            Access(options.KubeConfig), new KubernetesClientOptions { UserAgent = $"{WellKnown.Component}/{options.Version}" }, clock);
        try
        {
            var ec2 = new AmazonEC2Client(Credentials(), new AmazonEC2Config
            {
                RegionEndpoint = RegionEndpoint.GetBySystemName(configuration.Region),
                Timeout = configuration.AwsClientTimeout,
                ConnectTimeout = configuration.AwsClientDialerTimeout,
            });
            return new ProviderClients(kubernetes, ec2);
        }
        catch (AmazonClientException exception)
        {
            kubernetes.Dispose();
            throw new EnvironmentException(
                $"AWS: no credentials were found ({exception.Message}); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role.", exception);
        }
    }

    public void Dispose()
    {
        _kubernetes.Dispose();
        _ec2.Dispose();
    }

    private static ClusterAccess Access(string? kubeConfig)
    {
        try
        {
            return ClusterAccess.Find(kubeConfig);
        }
        catch (ClusterAccessException exception)
        {
            throw new EnvironmentException(exception.Message, exception);
        }
    }
}
