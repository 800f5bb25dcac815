using System.Collections.Frozen;
using Google.Protobuf;

namespace Harness.Agent.Launching;

/// <summary>
/// What the agent does with each field of a message: honours it, passes over it (the cluster's business, or added to every pod by
/// admission), and refuses all others by name. A field that is not listed is refused, so nothing is ignored in silence.
/// </summary>
internal sealed class FieldPolicy(string[] honoured, string[] passedOver)
{
    private readonly FrozenSet<string> _honoured = honoured.ToFrozenSet();
    private readonly FrozenSet<string> _passedOver = passedOver.ToFrozenSet();

    public static FieldPolicy PodSpec { get; } = new(
        honoured:
        [
            "volumes", "containers", "initContainers", "restartPolicy", "terminationGracePeriodSeconds", "activeDeadlineSeconds", "nodeName",
            "hostNetwork", "securityContext", "hostname",
        ],
        passedOver:
        [
            "dnsPolicy", "nodeSelector", "serviceAccountName", "serviceAccount", "automountServiceAccountToken", "imagePullSecrets", "subdomain",
            "affinity", "schedulerName", "tolerations", "priorityClassName", "priority", "preemptionPolicy", "enableServiceLinks", "overhead",
            "topologySpreadConstraints", "os", "schedulingGates", "resources", "schedulingGroup",
        ]);

    public static FieldPolicy Container { get; } = new(
        honoured:
        [
            "name", "image", "command", "args", "workingDir", "ports", "env", "volumeMounts", "livenessProbe", "readinessProbe", "startupProbe",
            "lifecycle", "securityContext", "restartPolicy", "resources", "terminationMessagePath", "terminationMessagePolicy",
        ],
        passedOver: ["imagePullPolicy", "resizePolicy"]);

    public static FieldPolicy PodSecurityContext { get; } = new(
        honoured: ["runAsUser", "runAsGroup", "runAsNonRoot", "fsGroup", "supplementalGroups"],
        passedOver: ["seccompProfile", "fsGroupChangePolicy"]);

    public static FieldPolicy SecurityContext { get; } =
        new(
            honoured: ["runAsUser", "runAsGroup", "runAsNonRoot", "allowPrivilegeEscalation", "capabilities", "readOnlyRootFilesystem"],
            passedOver: ["seccompProfile"]);

    public static FieldPolicy Lifecycle { get; } = new(honoured: ["postStart", "preStop"], passedOver: []);

    public static FieldPolicy LifecycleHandler { get; } = new(honoured: ["exec", "httpGet", "tcpSocket", "sleep"], passedOver: []);

    public static FieldPolicy ProbeHandler { get; } = new(honoured: ["exec", "httpGet", "tcpSocket", "grpc"], passedOver: []);

    public void Check(IMessage message, string path, Refusals refusals, ISet<string> passedOver)
    {
        foreach (var field in SetFields.Of(message))
        {
            if (_passedOver.Contains(field))
            {
                passedOver.Add(field);
            }
            else if (!_honoured.Contains(field))
            {
                refusals.NotSupported($"{path}.{field}");
            }
        }
    }
}
