using System.Text;
using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Ec2.World;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>Pods that cannot be had: status and event say what is wrong, with which object, and what to do; nothing is bought in vain.</summary>
public sealed class BadInputTests(BadInputSimulator shared) : IClassFixture<BadInputSimulator>
{
    private const string ImageAnnotation = VirtualPod.Annotations + "image-id";

    private PodSession Pods => shared.Simulator.Pods;

    [Fact]
    public async Task Pod_WithoutAnyImage_SaysSoAndRunsOnceAnnotated()
    {
        await Pods.CreateAsync("no-image", pod => pod.Metadata.Annotations.Remove(ImageAnnotation));

        var pod = await AssertHeldAsync("no-image", "LaunchIncomplete", "lacks annotation " + ImageAnnotation);
        Assert.Empty(Pods.Instances(pod));

        var patch = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [ImageAnnotation] = SeedWorld.LinuxX64ImageId } } };
        await Pods.Api.PatchAsync<Pod>(
            "default", "no-image", ApiPatchType.Merge, Encoding.UTF8.GetBytes(patch.ToJsonString()), subresource: null, CancellationToken.None);
        await Pods.UntilRunningAsync("no-image");
        Assert.Single(Pods.Instances(pod));
        await AssertDeletedAsync(pod);
    }

    [Theory]
    [InlineData("image-id", "ami-0123456789abcdef0", "InvalidAMIID.NotFound")]
    [InlineData("instance-type", "m5.enormous", "InvalidParameterValue")]
    [InlineData("subnet-id", "subnet-0123456789abcdef0", "InvalidSubnetID.NotFound")]
    [InlineData("security-groups", "sg-0123456789abcdef0", "InvalidGroup.NotFound")]
    [InlineData("key-pair", "nobodys", "InvalidKeyPair.NotFound")]
    [InlineData("instance-profile", "nobodys", "InvalidParameterValue")]
    public async Task Pod_NamesWhatEc2DoesNotKnow_SaysWhichAndWaits(string annotation, string value, string code)
    {
        var name = "bad-" + annotation;
        await Pods.CreateAsync(name, pod => pod.Metadata.Annotations[VirtualPod.Annotations + annotation] = value);

        var pod = await AssertHeldAsync(name, "InstanceLaunchFailed", code);
        Assert.Contains(value, PodSession.Waiting(pod)!.Message, StringComparison.Ordinal);
        await AssertDeletedAsync(pod);
        Assert.Empty(Pods.Instances(pod));
    }

    [Fact]
    public async Task Pod_WithTagsThatAreNoJson_SaysSoAndBuysNothing()
    {
        await Pods.CreateAsync("bad-tags", pod => pod.Metadata.Annotations[VirtualPod.Annotations + "tags"] = "team=build");

        var pod = await AssertHeldAsync("bad-tags", "LaunchIncomplete", VirtualPod.Annotations + "tags is not a JSON object");
        await AssertDeletedAsync(pod);
        Assert.Empty(Pods.Instances(pod));
    }

    [Fact]
    public async Task Pod_OwnedByDaemonSet_IsNotBought()
    {
        await Pods.Api.CreateAsync(DaemonSetNamed("everywhere"), CancellationToken.None);
        Pod? created = null;
        await Eventually.TrueAsync(async () => (await OfAppAsync("everywhere")) is [var first, ..] && (created = first) is not null, "the DaemonSet has no pod");

        var pod = await AssertHeldAsync(created!.Metadata.Name, "DaemonSetNotLaunched", VirtualPod.Annotations);
        await Pods.Api.DeleteAsync<DaemonSet>("default", "everywhere", new ApiDelete(PropagationPolicy: "Background"), CancellationToken.None);
        await AssertGoneAsync(pod);
        Assert.Empty(Pods.Instances(pod));
    }

    [Fact]
    public async Task Pod_NeedsWhatTheProviderCannotGive_FailsAndBuysNothing()
    {
        await Pods.CreateAsync("with-secret", pod => pod.Spec.Containers[0].EnvFrom.Add(
            new EnvFromSource { SecretRef = new SecretEnvSource { LocalObjectReference = new LocalObjectReference { Name = "passwords" } } }));

        var pod = await AssertFailedAsync("with-secret", "FieldNotSupported", "container main envFrom passwords");
        await AssertDeletedAsync(pod);
        Assert.Empty(Pods.Instances(pod));
    }

    [Fact]
    public async Task Pod_WithFieldThatTheAgentRefuses_FailsNamingIt()
    {
        await Pods.CreateAsync("host-pid", pod => pod.Spec.HostPID = true);

        var pod = await AssertFailedAsync("host-pid", "ApplicationRejected", "hostPID");
        Assert.Single(Pods.Instances(pod));
        await AssertDeletedAsync(pod);
    }

    [Fact]
    public async Task Pod_WithCommandThatDoesNotExist_SaysWhichCommand()
    {
        await Pods.CreateAsync("no-command", pod =>
        {
            pod.Spec.RestartPolicy = "Never";
            pod.Spec.Containers[0].Command[0] = "/no/such/program";
        });

        var pod = await Pods.UntilAsync("no-command", pod => pod.Status.Phase == "Failed");
        var ended = Assert.Single(pod.Status.ContainerStatuses).State.Terminated;
        Assert.Equal((127, "ContainerCannotRun"), (ended.ExitCode, ended.Reason));
        Assert.Contains("/no/such/program", ended.Message, StringComparison.Ordinal);
        await Pods.UntilEventAsync(pod, "Failed", "/no/such/program");
        await AssertDeletedAsync(pod);
    }

    [Fact]
    public async Task Pod_WithCommandThatDoesNotExistStartedAgainAndAgain_SaysWhichCommand()
    {
        await Pods.CreateAsync("never-starts", pod => pod.Spec.Containers[0].Command[0] = "/no/such/program");

        var pod = await Pods.UntilWaitingAsync("never-starts", "CrashLoopBackOff");
        Assert.Contains("/no/such/program", pod.Status.ContainerStatuses[0].LastState.Terminated.Message, StringComparison.Ordinal);
        var told = await Pods.UntilEventAsync(pod, "BackOff", "/no/such/program");
        Assert.Equal("Warning", told.Type);
        await AssertDeletedAsync(pod);
    }

    [Fact]
    public async Task Pod_DeletedWhileLaunching_LeavesNoInstance()
    {
        await Pods.UntilLaunchAsync(() => Pods.CreateAsync("short-lived"));
        var pod = (await Pods.FindAsync("short-lived"))!;

        await AssertDeletedAsync(pod);
        Assert.Single(Pods.Instances(pod));
    }

    [Fact]
    public async Task Pod_ForcedAwayAndCreatedAgainUnderItsName_GetsAnInstanceOfItsOwn()
    {
        await Pods.CreateAsync("twin");
        var first = await Pods.UntilRunningAsync("twin");
        await Pods.DeleteAsync("twin", graceSeconds: 0);
        await Pods.CreateAsync("twin");
        var second = await Pods.UntilRunningAsync("twin");

        Assert.NotEqual(first.Metadata.Uid, second.Metadata.Uid);
        var instance = Assert.Single(Pods.Instances(second));
        Assert.Equal(instance.InstanceId, second.Metadata.Annotations[VirtualPod.Annotations + "instance-id"]);
        Assert.NotEqual(Assert.Single(Pods.Instances(first)).InstanceId, instance.InstanceId);
        await Eventually.TrueAsync(() => Pods.LiveInstances(first).Count == 0, "the first one's instance lives on");
        Assert.Single(Workloads.Of(shared.Simulator, second.Metadata.Uid));
        Assert.Empty(Workloads.Of(shared.Simulator, first.Metadata.Uid));
        await AssertDeletedAsync(second);
    }

    [Fact]
    public async Task Instance_TerminatedByOutsider_FailsThePodAndTheDeploymentReplacesIt()
    {
        await Pods.Api.CreateAsync(DeploymentNamed("replaced"), CancellationToken.None);
        var first = await TheOnlyRunningAsync("replaced", otherThan: null);
        await OutsiderTerminatesAsync(Assert.Single(Pods.Instances(first)).InstanceId);

        var failed = await AssertFailedAsync(first.Metadata.Name, "InstanceTerminated", "was terminated by someone else");
        Assert.Contains(Assert.Single(Pods.Instances(failed)).InstanceId, failed.Status.Message, StringComparison.Ordinal);
        var second = await TheOnlyRunningAsync("replaced", otherThan: first.Metadata.Uid);
        Assert.Single(Pods.LiveInstances(second));

        await Pods.Api.DeleteAsync<Deployment>("default", "replaced", new ApiDelete(PropagationPolicy: "Background"), CancellationToken.None);
        await AssertGoneAsync(first);
        await AssertGoneAsync(second);
    }

    /// <summary>The pod waits, and its one Warning says the same.</summary>
    private async Task<Pod> AssertHeldAsync(string name, string reason, string part)
    {
        var pod = await Pods.UntilWaitingAsync(name, reason);
        Assert.Equal("Pending", pod.Status.Phase);
        Assert.Contains(part, PodSession.Waiting(pod)!.Message, StringComparison.Ordinal);
        var told = await Pods.UntilEventAsync(pod, reason);
        Assert.Equal(("Warning", PodSession.Waiting(pod)!.Message), (told.Type, told.Message));
        return pod;
    }

    private async Task<Pod> AssertFailedAsync(string name, string reason, string part)
    {
        var pod = await Pods.UntilAsync(name, pod => pod.Status.Phase == "Failed" && pod.Status.Reason == reason);
        Assert.Contains(part, pod.Status.Message, StringComparison.Ordinal);
        var told = await Pods.UntilEventAsync(pod, reason, part);
        Assert.Equal(("Warning", pod.Status.Message), (told.Type, told.Message));
        return pod;
    }

    private async Task AssertDeletedAsync(Pod pod)
    {
        await Pods.DeleteAsync(pod.Metadata.Name);
        await AssertGoneAsync(pod);
    }

    private async Task AssertGoneAsync(Pod pod)
    {
        await Eventually.TrueAsync(async () => await Pods.FindAsync(pod.Metadata.Name) is null, $"pod {pod.Metadata.Name} is not deleted");
        await Eventually.TrueAsync(() => Pods.LiveInstances(pod).Count == 0, $"an instance of pod {pod.Metadata.Name} lives on");
        Assert.Empty(Workloads.Of(shared.Simulator, pod.Metadata.Uid));
    }

    private async Task<Pod> TheOnlyRunningAsync(string app, string? otherThan)
    {
        Pod? found = null;
        await Eventually.TrueAsync(
            async () =>
            {
                found = (await OfAppAsync(app)).SingleOrDefault(pod => pod.Status.Phase == "Running" && pod.Metadata.Uid != otherThan);
                return found is not null;
            },
            $"no pod of {app} runs");
        return found!;
    }

    private async Task<IReadOnlyList<Pod>> OfAppAsync(string app) =>
        (await Pods.Api.ListAsync<Pod>(new ApiSelection("default", $"app={app}"), CancellationToken.None)).Items;

    /// <summary>As the console does: nobody tells the provider.</summary>
    private async Task OutsiderTerminatesAsync(string instanceId)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAOUTSIDER/20260101/us-west-2/ec2/aws4_request, SignedHeaders=host, Signature=" + new string('0', 64));
        using var call = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "TerminateInstances", ["Version"] = "2016-11-15", ["InstanceId.1"] = instanceId,
        });
        using var answer = await client.PostAsync(shared.Simulator.Simulation.Ec2.Endpoint, call);
        answer.EnsureSuccessStatusCode();
    }

    private static Deployment DeploymentNamed(string name) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Spec = new DeploymentSpec
        {
            Replicas = 1,
            Selector = new LabelSelector { MatchLabels = { ["app"] = name } },
            Template = TemplateOf(name),
        },
    };

    private static DaemonSet DaemonSetNamed(string name) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Spec = new DaemonSetSpec
        {
            Selector = new LabelSelector { MatchLabels = { ["app"] = name } },
            Template = TemplateOf(name),
        },
    };

    private static PodTemplateSpec TemplateOf(string app)
    {
        var pod = VirtualPod.Named(app);
        return new PodTemplateSpec
        {
            Metadata = new ObjectMeta { Labels = { ["app"] = app }, Annotations = { pod.Metadata.Annotations } },
            Spec = pod.Spec,
        };
    }
}
