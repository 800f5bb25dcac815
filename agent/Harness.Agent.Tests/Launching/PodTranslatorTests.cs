using Harness.Agent.Applications;
using Harness.Agent.Launching;
using Harness.Agent.Tests.Support;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.IntStr;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Agent.Tests.Launching;

public sealed class PodTranslatorTests
{
    private static readonly PodTranslator Root = new(new RuntimeAbilities(0, true));
    private static readonly PodTranslator Ordinary = new(new RuntimeAbilities(1000, false));

    public static TheoryData<string, Action<Pod>> Refusals => new()
    {
        { "metadata.uid", pod => pod.Metadata.ClearUid() },
        { "metadata.uid", pod => pod.Metadata.Uid = "../../etc" },
        { "metadata.name", pod => pod.Metadata.ClearName() },
        { "spec.containers", pod => pod.Spec.Containers.Clear() },
        { "spec.containers", pod => pod.Spec = null },
        { "spec.restartPolicy", pod => pod.Spec.RestartPolicy = "Sometimes" },
        { "spec.terminationGracePeriodSeconds", pod => pod.Spec.TerminationGracePeriodSeconds = -1 },
        { "spec.volumes[data]", pod => pod.Spec.Volumes.Add(new Volume { Name = "data" }) },
        { "spec.hostPID", pod => pod.Spec.HostPID = true },
        { "spec.hostAliases", pod => pod.Spec.HostAliases.Add(new HostAlias { Ip = "127.0.0.1" }) },
        { "spec.os.name", pod => pod.Spec.Os = new PodOS { Name = "windows" } },
        { "spec.securityContext.sysctls", pod => pod.Spec.SecurityContext = new PodSecurityContext { Sysctls = { new Sysctl { Name = "a" } } } },
        { "spec.volumes[data].nfs", pod => pod.Spec.Volumes.Add(new Volume { Name = "data", VolumeSource = new VolumeSource { Nfs = new NFSVolumeSource { Path = "/" } } }) },
        { "spec.volumes[data].hostPath.path", pod => pod.Spec.Volumes.Add(new Volume { Name = "data", VolumeSource = new VolumeSource { HostPath = new HostPathVolumeSource { Path = "/etc" } } }) },
        { "isolation", pod => pod.Metadata.Annotations["vkvm-agent/isolation"] = "required" },
        { "metadata.annotations[vkvm-agent/isolation]", pod => pod.Metadata.Annotations["vkvm-agent/isolation"] = "none" },
        { "spec.containers[0].resources.limits.memory", pod => pod.Spec.Containers[0].Resources =
            new ResourceRequirements { Limits = { ["memory"] = new Quantity { String = "lots" } } } },
        { "spec.containers[0].name", pod => pod.Spec.Containers[0].Name = "../x" },
        { "spec.containers[1].name", pod => pod.Spec.Containers.Add(TestPod.Container("main", "true")) },
        { "spec.containers[0].command", pod => pod.Spec.Containers[0].Command.Clear() },
        { "spec.containers[0].workingDir", pod => pod.Spec.Containers[0].WorkingDir = "relative" },
        { "spec.containers[0].tty", pod => pod.Spec.Containers[0].Tty = true },
        { "spec.containers[0].envFrom", pod => pod.Spec.Containers[0].EnvFrom.Add(new EnvFromSource { Prefix = "X" }) },
        { "spec.containers[0].env[KEY].valueFrom.secretKeyRef", pod => pod.Spec.Containers[0].Env.Add(new EnvVar
            { Name = "KEY", ValueFrom = new EnvVarSource { SecretKeyRef = new SecretKeySelector { Key = "k" } } }) },
        { "spec.containers[0].env[KEY].valueFrom.fieldRef.fieldPath", pod => pod.Spec.Containers[0].Env.Add(FieldRef("KEY", "status.phase")) },
        { "spec.containers[0].volumeMounts[data]", pod => pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "data" }) },
        { "spec.containers[0].securityContext.privileged", pod => pod.Spec.Containers[0].SecurityContext = new SecurityContext { Privileged = true } },
        { "spec.containers[0].livenessProbe.grpc.port", pod => pod.Spec.Containers[0].LivenessProbe =
            new Probe { Handler = new ProbeHandler { Grpc = new GRPCAction { Port = 0 } } } },
        { "spec.containers[0].readinessProbe.tcpSocket.port", pod => pod.Spec.Containers[0].ReadinessProbe =
            new Probe { Handler = new ProbeHandler { TcpSocket = new TCPSocketAction { Port = new IntOrString { Type = 1, StrVal = "web" } } } } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    [Trait("Clause", "L-10")]
    public void Translate_WhatCannotBeHonoured_RefusedByName(string field, Action<Pod> spoil)
    {
        var pod = TestPod.Script("uid", "true");
        spoil(pod);

        var translation = Root.Translate(pod);

        Assert.Null(translation.Spec);
        Assert.Contains(field + ":", translation.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "W-12")]
    public void Translate_SeveralProblems_AllAreNamed()
    {
        var pod = TestPod.Script("uid", "true");
        pod.Spec.HostIPC = true;
        pod.Spec.Containers[0].Tty = true;

        var refusal = Root.Translate(pod).Refusal;

        Assert.Contains("spec.hostIPC", refusal, StringComparison.Ordinal);
        Assert.Contains("spec.containers[0].tty", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_WhatAdmissionAdds_PassedOverAndTold()
    {
        var translation = Root.Translate(TestPod.WithAdmission(TestPod.Script("uid", "true")));

        Assert.NotNull(translation.Spec);
        Assert.Contains("kube-api-access-x7k2p", translation.PassedOver);
        Assert.Contains("tolerations", translation.PassedOver);
    }

    [Theory]
    [InlineData("/var/run/secrets/kubernetes.io/serviceaccount", true)]
    [InlineData("/etc/tokens", false)]
    public void Translate_SecretAsAdmissionAddedItBefore121_PassedOverWhereItIsTheToken(string path, bool passedOver)
    {
        var pod = TestPod.Script("uid", "true");
        pod.Spec.Volumes.Add(new Volume
        {
            Name = "default-token-x7k2p", VolumeSource = new VolumeSource { Secret = new SecretVolumeSource { SecretName = "default-token-x7k2p" } },
        });
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "default-token-x7k2p", ReadOnly = true, MountPath = path });

        var translation = Root.Translate(pod);

        Assert.Equal(passedOver, translation.Spec is { Surroundings.Volumes: [{ MayBeMissing: true }] });
        Assert.Equal(passedOver, translation.PassedOver.Contains("default-token-x7k2p"));
    }

    [Theory]
    [InlineData("file:/usr/bin/true", "/usr/bin/true")]
    [InlineData("file:///usr/bin/true", "/usr/bin/true")]
    [InlineData("/usr/bin/true", "/usr/bin/true")]
    public void Translate_ImageThatIsAProgram_RunsIt(string image, string program)
    {
        var pod = TestPod.Of("uid", new Container { Name = "main", Image = image, Args = { "$(X)" }, Env = { new EnvVar { Name = "X", Value = "1" } } });

        Assert.Equal([program, "1"], Root.Translate(pod).Spec!.Containers[0].CommandLine.ToArray());
    }

    [Fact]
    public void Translate_Environment_DefaultsDeclaredAndIdentity()
    {
        var pod = TestPod.Script("uid", "true");
        pod.Metadata.Labels["app"] = "hello";
        pod.Spec.Containers[0].Env.Add(new EnvVar { Name = "FIRST", Value = "1" });
        pod.Spec.Containers[0].Env.Add(new EnvVar { Name = "SECOND", Value = "$(FIRST)+$(THIRD)" });
        pod.Spec.Containers[0].Env.Add(new EnvVar { Name = "VKVM_POD_UID", Value = "forged" });
        foreach (var (name, path) in new[]
        {
            ("NAME", "metadata.name"), ("NAMESPACE", "metadata.namespace"), ("UID", "metadata.uid"), ("NODE", "spec.nodeName"),
            ("POD_IP", "status.podIP"), ("HOST_IP", "status.hostIP"), ("APP", "metadata.labels['app']"),
        })
        {
            pod.Spec.Containers[0].Env.Add(FieldRef(name, path));
        }

        var environment = Root.Translate(pod).Spec!.Containers[0].Environment.ToDictionary();

        Assert.Equal(("1", "1+$(THIRD)"), (environment["FIRST"], environment["SECOND"]));
        Assert.Equal(("pod-uid", "default", TestPod.Uid("uid"), "node-1"), (environment["NAME"], environment["NAMESPACE"], environment["UID"], environment["NODE"]));
        Assert.Equal(("127.0.0.1", "127.0.0.1", "hello"), (environment["POD_IP"], environment["HOST_IP"], environment["APP"]));
        Assert.Equal((TestPod.Uid("uid"), "pod-uid"), (environment["VKVM_POD_UID"], environment["HOSTNAME"]));
        Assert.Equal("main", environment["VKVM_CONTAINER_NAME"]);
    }

    [Fact]
    public void Translate_RestartPolicies_PerRole()
    {
        var pod = TestPod.Script("uid", "true");
        pod.Spec.InitContainers.Add(TestPod.Container("init", "true"));
        var sidecar = TestPod.Container("side", "true");
        sidecar.RestartPolicy = "Always";
        pod.Spec.InitContainers.Add(sidecar);

        var containers = Root.Translate(pod).Spec!.Containers;

        Assert.Equal(
            [(ContainerRole.Init, RestartPolicy.OnFailure), (ContainerRole.Sidecar, RestartPolicy.Always), (ContainerRole.Main, RestartPolicy.Always)],
            containers.Select(container => (container.Role, container.RestartPolicy)));
    }

    [Fact]
    public void Translate_RunAsUserWithoutRoot_Refused()
    {
        var pod = TestPod.Script("uid", "true");
        pod.Spec.Containers[0].SecurityContext = new SecurityContext { RunAsUser = 65534 };

        Assert.Contains("runAsUser", Ordinary.Translate(pod).Refusal, StringComparison.Ordinal);
        Assert.Equal(65534, Root.Translate(pod).Spec!.Containers[0].RunAs.User);
    }

    [Fact]
    public void Translate_RunAsNonRootAsRoot_Refused()
    {
        var pod = TestPod.Script("uid", "true");
        pod.Spec.SecurityContext = new PodSecurityContext { RunAsNonRoot = true };

        Assert.Contains("runAsNonRoot", Root.Translate(pod).Refusal, StringComparison.Ordinal);
        Assert.NotNull(Ordinary.Translate(pod).Spec);
    }

    [Fact]
    public void Translate_ProbesAndHooks_WithDefaults()
    {
        var pod = TestPod.Script("uid", "true");
        pod.Spec.Containers[0].Ports.Add(new ContainerPort { Name = "web", ContainerPort_ = 8080 });
        pod.Spec.Containers[0].ReadinessProbe = new Probe
        {
            Handler = new ProbeHandler { HttpGet = new HTTPGetAction { Path = "/ready?x=1", Port = new IntOrString { Type = 1, StrVal = "web" } } },
        };
        pod.Spec.Containers[0].Lifecycle = new Lifecycle { PreStop = new LifecycleHandler { Exec = new ExecAction { Command = { "stop" } } } };

        var container = Root.Translate(pod).Spec!.Containers[0];

        var probe = container.Probes.Readiness!;
        Assert.Equal("http://127.0.0.1:8080/ready?x=1", Assert.IsType<HandlerSpec.HttpGet>(probe.Handler).Url.ToString());
        Assert.Equal((10d, 1d, 1, 3), (probe.Period.TotalSeconds, probe.Timeout.TotalSeconds, probe.SuccessThreshold, probe.FailureThreshold));
        Assert.IsType<HandlerSpec.Exec>(container.Hooks.PreStop);
    }

    private static EnvVar FieldRef(string name, string path) =>
        new() { Name = name, ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = path } } };
}
