using Amazon.Runtime;
using Harness.Ec2;
using Harness.Ec2.S3;
using Harness.Provider.Configuration;
using Harness.Provider.Launching;
using Harness.Provider.Lifecycle;
using Harness.Provider.Limits;
using Harness.Provider.Metrics;

namespace Harness.Provider.Runtime;

/// <summary>Sends RunInstances for a plan, within the limits. Thread-safe.</summary>
internal sealed class InstanceLauncher(
    IEc2 ec2, ProviderConfiguration configuration, string nodeName, LaunchGate gate, AuditLog audit, ProviderMetrics metrics)
{
    private static readonly TimeSpan DownloadLifetime = TimeSpan.FromHours(12);

    /// <summary>Where the download URL's signature comes from; only asked for when a bootstrap agent is configured.</summary>
    public Func<AWSCredentials> Credentials { get; init; } = static () => throw new InvalidOperationException("No AWS credentials were given.");

    /// <summary>Another S3 than AWS's, for the download URL; null: AWS's.</summary>
    public Uri? S3Endpoint { get; init; }

    public async Task<PodEvent> LaunchAsync(PodDemand pod, PodEffect.RunInstance run, CancellationToken cancellationToken)
    {
        if (gate.Enter(pod.Uid, run.Attempt) is { } limit)
        {
            return limit;
        }

        var identity = new PodIdentity(pod.Uid, pod.Namespace, pod.Name, nodeName, configuration.ClusterName);
        try
        {
            var request = LaunchRequest.For(identity, run.Attempt, run.Plan, await UserDataAsync(run.Plan));
            var answer = await ec2.RunInstancesAsync(request, cancellationToken);
            if (answer.Reservation.Instances.FirstOrDefault() is not { } instance)
            {
                return new PodEvent.LaunchUnknown("EC2 answered without an instance.");
            }

            gate.Launched(pod.Uid, run.Attempt);
            metrics.Ec2Launched.Add(1);
            audit.Write("RunInstances", instance.InstanceId, pod, $"attempt {run.Attempt}", "accepted");
            return new PodEvent.InstanceLaunched(instance.ToFacts());
        }
        catch (Ec2Exception exception)
        {
            metrics.Ec2LaunchErrors.Add(1);
            audit.Write("RunInstances", "", pod, $"attempt {run.Attempt}", exception.ErrorCode is { Length: > 0 } code ? code : exception.Kind.ToString());
            var outcome = LaunchOutcome.Of(exception);
            if (outcome is PodEvent.LaunchRefused { Refusal: not LaunchRefusal.TokenUsed })
            {
                gate.Refused(pod.Uid, run.Attempt);
            }

            return outcome;
        }
    }

    private async Task<string> UserDataAsync(LaunchPlan plan)
    {
        var bootstrap = configuration.Bootstrap;
        string? url = null;
        if (bootstrap is { S3Bucket: { } bucket, S3Key: { } key })
        {
            var credentials = await Credentials().GetCredentialsAsync();
            url = S3PresignedUrl.ForGet(new S3Object(bucket, key, configuration.Region, S3Endpoint), credentials, plan.SignedAt, DownloadLifetime).AbsoluteUri;
        }

        return new UserData(configuration.Vm.InitData, bootstrap.InitData, url).Encode();
    }
}
