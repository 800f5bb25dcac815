using System.Collections.Immutable;
using System.Net;
using System.Text;
using Harness.Ec2;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Provider.Launching;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Tests.Launching;

public sealed class LaunchingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly LaunchWishes Wishes = new() { ImageId = "ami-1", InstanceType = "t3.micro", SubnetId = "subnet-1" };

    [Fact]
    public void Plan_AnnotationsBeforeDefaults()
    {
        var defaults = new LaunchWishes { ImageId = "ami-d", InstanceType = "m5.large", SubnetId = "subnet-d", SecurityGroups = "sg-d", KeyPair = "k-d", InstanceProfile = "p-d" };
        var plan = Complete(LaunchPlanner.Plan(new LaunchWishes { ImageId = "ami-1", SecurityGroups = " sg-1, sg-2 ," }, defaults, Now));
        Assert.Equal(("ami-1", "m5.large", "subnet-d", "k-d", "p-d"), (plan.ImageId, plan.InstanceType, plan.SubnetId, plan.KeyPair, plan.InstanceProfile));
        Assert.Equal(["sg-1", "sg-2"], plan.SecurityGroups.ToArray());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[1]")]
    [InlineData("""{ "PodUid": "mine" }""")]
    [InlineData("""{ "aws:x": "y" }""")]
    public void Plan_BadTags_IsIncompleteAndNamesTheAnnotation(string tags) =>
        Assert.Contains(
            "compute.amazonaws.com/tags",
            Assert.IsType<LaunchPlanning.Incomplete>(LaunchPlanner.Plan(Wishes with { Tags = tags }, new LaunchWishes(), Now)).Message, StringComparison.Ordinal);

    [Fact]
    public void PlanDocument_RoundTrip_IsTheSamePlan()
    {
        var plan = Complete(LaunchPlanner.Plan(Wishes with { Tags = """{ "b": "2", "a": "1" }""", SecurityGroups = "sg-1" }, new LaunchWishes(), Now));
        var read = PlanDocument.Read(PlanDocument.Write(7, plan));
        Assert.Equal(7, read!.Attempt);
        Assert.Equal(PlanDocument.Write(7, plan), PlanDocument.Write(7, read.Plan));
        Assert.Equal(plan.SignedAt, read.Plan.SignedAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("{}")]
    [InlineData("""{ "version": 9, "attempt": 1, "imageId": "a", "instanceType": "b", "subnetId": "c" }""")]
    public void PlanDocument_NotOurs_IsNone(string? json) => Assert.Null(PlanDocument.Read(json));

    [Fact]
    public void ClientToken_SameForTheSameAttemptOnly()
    {
        Assert.Equal(ClientToken.For("uid", 1), ClientToken.For("uid", 1));
        Assert.NotEqual(ClientToken.For("uid", 1), ClientToken.For("uid", 2));
        Assert.NotEqual(ClientToken.For("uid", 1), ClientToken.For("uie", 1));
        Assert.Equal(64, ClientToken.For("uid", 1).Length);
    }

    [Fact]
    public void LaunchRequest_HasTokenTagsAndImdsV2()
    {
        var plan = new LaunchPlan
        {
            ImageId = "ami-1", InstanceType = "t3.micro", SubnetId = "subnet-1", SecurityGroups = ["sg-1"], InstanceProfile = "profile", KeyPair = "key",
            Tags = ImmutableSortedDictionary<string, string>.Empty.Add("team", "build"), SignedAt = Now,
        };
        var request = LaunchRequest.For(new PodIdentity("uid", "ns", "web", "node", "cluster"), 2, plan, "data");
        Assert.Equal(ClientToken.For("uid", 2), request.ClientToken);
        Assert.Equal(("required", 1), (request.MetadataOptions!.HttpTokens, request.MetadataOptions.HttpPutResponseHopLimit));
        Assert.Equal(("profile", "key", "data"), (request.IamInstanceProfile!.Name, request.KeyName, request.UserData));
        var tags = Assert.Single(request.TagSpecifications).Tags.ToDictionary(tag => tag.Key, tag => tag.Value);
        Assert.Equal("uid|ns|web|node|cluster|ns/web|build", string.Join('|', tags["PodUid"], tags["PodNamespace"], tags["PodName"], tags["NodeName"], tags["ClusterName"], tags["Name"], tags["team"]));
    }

    [Fact]
    public void UserData_IsJsonInBase64Twice()
    {
        var once = Encoding.ASCII.GetString(Convert.FromBase64String(new UserData("init", "boot", "https://b/k?x=1&y=2").Encode()));
        using var json = System.Text.Json.JsonDocument.Parse(Convert.FromBase64String(once));
        Assert.Equal("init", json.RootElement.GetProperty("vm-init-config").GetString());
        Assert.Equal("boot", json.RootElement.GetProperty("bootstrap-agent-config").GetString());
        Assert.Equal("https://b/k?x=1&y=2", json.RootElement.GetProperty("bootstrap-agent-download-url").GetString());
    }

    [Theory]
    [InlineData("InvalidParameterValue", 400, LaunchRefusal.Definite)]
    [InlineData("InvalidAMIID.NotFound", 400, LaunchRefusal.Definite)]
    [InlineData("UnauthorizedOperation", 403, LaunchRefusal.Definite)]
    [InlineData("InsufficientInstanceCapacity", 500, LaunchRefusal.Definite)]
    [InlineData("RequestLimitExceeded", 503, LaunchRefusal.Throttled)]
    [InlineData("IdempotentParameterMismatch", 400, LaunchRefusal.TokenUsed)]
    [InlineData("IdempotentInstanceTerminated", 400, LaunchRefusal.TokenSpent)]
    public void LaunchOutcome_Refused(string code, int status, object expected)
    {
        var outcome = LaunchOutcome.Of(new Ec2Exception("RunInstances", "no", code, "r", (HttpStatusCode)status, null));
        Assert.Equal((LaunchRefusal)expected, Assert.IsType<PodEvent.LaunchRefused>(outcome).Refusal);
    }

    [Theory]
    [InlineData("InternalError", 500)]
    [InlineData("Unavailable", 503)]
    public void LaunchOutcome_ServerError_IsUnknown(string code, int status) =>
        Assert.IsType<PodEvent.LaunchUnknown>(LaunchOutcome.Of(new Ec2Exception("RunInstances", "no", code, "r", (HttpStatusCode)status, null)));

    [Fact]
    public void LaunchOutcome_NotSent_IsNoDoubt() =>
        Assert.Equal(LaunchRefusal.Throttled, Assert.IsType<PodEvent.LaunchRefused>(LaunchOutcome.Of(new Ec2Exception("RunInstances", "no route", Ec2ErrorKind.NotSent))).Refusal);

    [Fact]
    public void PodReader_ReadsIdentityWishesAndWhatWasRecorded()
    {
        var pod = Pod();
        pod.Metadata.Annotations["compute.amazonaws.com/image-id"] = " ami-9 ";
        pod.Metadata.Annotations["compute.amazonaws.com/instance-id"] = "i-9";
        pod.Metadata.OwnerReferences.Add(new OwnerReference { Kind = "DaemonSet", Controller = true });
        pod.Metadata.DeletionTimestamp = Time.Of(Now);
        pod.Status = new PodStatus { Phase = "Running" };
        var demand = PodReader.Read(pod);
        Assert.Equal(("uid", "ns", "web", "ami-9", "i-9"), (demand.Uid, demand.Namespace, demand.Name, demand.Wishes.ImageId, demand.InstanceId));
        Assert.True(demand.OwnedByDaemonSet);
        Assert.Equal((PodPhase.Running, Now), (demand.Phase, demand.DeletionDue));
        Assert.NotNull(demand.Reported);
    }

    [Fact]
    public void PodFields_AdmissionVolumeIsPassedOn_OthersAreNamed()
    {
        var pod = Pod();
        pod.Spec.Volumes.Add(new Volume { Name = "kube-api-access-x", VolumeSource = new VolumeSource { Projected = new ProjectedVolumeSource() } });
        pod.Spec.Volumes.Add(new Volume { Name = "scratch", VolumeSource = new VolumeSource { EmptyDir = new EmptyDirVolumeSource() } });
        Assert.Null(PodFields.Refusal(pod));
        pod.Spec.Volumes.Add(new Volume { Name = "cfg", VolumeSource = new VolumeSource { ConfigMap = new ConfigMapVolumeSource() } });
        pod.Spec.Containers[0].Env.Add(new EnvVar { Name = "SECRET", ValueFrom = new EnvVarSource { SecretKeyRef = new SecretKeySelector() } });
        var refusal = PodFields.Refusal(pod);
        Assert.Contains("volume cfg", refusal, StringComparison.Ordinal);
        Assert.Contains("env SECRET", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void PodFields_TokenSecretAsAdmissionAddedItBefore121_IsPassedOnWhereItIsTheToken()
    {
        var pod = Pod();
        pod.Spec.Volumes.Add(new Volume { Name = "default-token-x", VolumeSource = new VolumeSource { Secret = new SecretVolumeSource() } });
        Assert.Contains("volume default-token-x", PodFields.Refusal(pod), StringComparison.Ordinal);
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "default-token-x", MountPath = "/var/run/secrets/kubernetes.io/serviceaccount" });
        Assert.Null(PodFields.Refusal(pod));
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "default-token-x", MountPath = "/etc/tokens" });
        Assert.Contains("volume default-token-x", PodFields.Refusal(pod), StringComparison.Ordinal);
    }

    [Fact]
    public void AgentReports_StartedAtChangesInEachMessage_SameReport()
    {
        static PodStatus Status(long second) => new()
        {
            Phase = "Running",
            ContainerStatuses = { new ContainerStatus { Name = "main", Ready = true, State = new ContainerState { Running = new ContainerStateRunning { StartedAt = new Time { Seconds = second } } } } },
        };

        Assert.Equal(AgentReports.Read(Status(1)), AgentReports.Read(Status(2)));
        var restarted = Status(1);
        restarted.ContainerStatuses[0].RestartCount = 1;
        Assert.NotEqual(AgentReports.Read(Status(1)), AgentReports.Read(restarted));
    }

    private static LaunchPlan Complete(LaunchPlanning planning) => Assert.IsType<LaunchPlanning.Complete>(planning).Plan;

    private static Pod Pod() => new()
    {
        Metadata = new ObjectMeta { Uid = "uid", Namespace = "ns", Name = "web" },
        Spec = new PodSpec { Containers = { new Container { Name = "main", Image = "image" } } },
    };
}
