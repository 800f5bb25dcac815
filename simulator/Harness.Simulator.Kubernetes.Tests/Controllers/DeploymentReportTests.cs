using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Controllers;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class DeploymentReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_Rollout_GoesFromProgressingToAvailableAndStaysThere()
    {
        var deployment = Samples.Deployment(2);
        deployment.Spec.ProgressDeadlineSeconds = 600;
        deployment.Status = Report(deployment, replicas: 2, available: 0, Start);
        Assert.Equal("True ReplicaSetUpdated; False MinimumReplicasUnavailable", Told(deployment));
        Assert.Equal(2, deployment.Status.UnavailableReplicas);

        deployment.Status = Report(deployment, replicas: 2, available: 2, Start.AddSeconds(5));
        Assert.Equal("True NewReplicaSetAvailable; True MinimumReplicasAvailable", Told(deployment));

        deployment.Status = Report(deployment, replicas: 2, available: 0, Start.AddSeconds(900));
        Assert.Equal("True NewReplicaSetAvailable; False MinimumReplicasUnavailable", Told(deployment));
    }

    [Fact]
    public void Of_NoProgress_TimesOutAndRecovers()
    {
        var deployment = Samples.Deployment(2);
        deployment.Spec.ProgressDeadlineSeconds = 600;
        deployment.Status = Report(deployment, replicas: 2, available: 0, Start);
        deployment.Status = Report(deployment, replicas: 2, available: 0, Start.AddSeconds(600));
        Assert.StartsWith("True ReplicaSetUpdated", Told(deployment), StringComparison.Ordinal);
        deployment.Status = Report(deployment, replicas: 2, available: 0, Start.AddSeconds(601));
        Assert.StartsWith("False ProgressDeadlineExceeded", Told(deployment), StringComparison.Ordinal);
        deployment.Status = Report(deployment, replicas: 2, available: 2, Start.AddSeconds(602));
        Assert.StartsWith("True NewReplicaSetAvailable", Told(deployment), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Unchanged_IsEqualToTheReportBefore()
    {
        var deployment = Samples.Deployment(1);
        deployment.Status = Report(deployment, replicas: 1, available: 1, Start);
        Assert.Equal(deployment.Status, Report(deployment, replicas: 1, available: 1, Start.AddHours(1)));
    }

    private static DeploymentStatus Report(Deployment deployment, int replicas, int available, DateTimeOffset now)
    {
        var set = new ReplicaSet
        {
            Metadata = new ObjectMeta { Name = "hello-1", Uid = "1" },
            Spec = new ReplicaSetSpec { Replicas = replicas },
            Status = new ReplicaSetStatus { Replicas = replicas, ReadyReplicas = available, AvailableReplicas = available },
        };
        return DeploymentReport.Of(deployment, set, [set], now);
    }

    private static string Told(Deployment deployment) => string.Join("; ", ((string[])["Progressing", "Available"])
        .Select(type => deployment.Status.Conditions.Single(condition => condition.Type == type))
        .Select(condition => $"{condition.Status} {condition.Reason}"));
}
