using System.Net;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>
/// Pods: they wait out their grace before they go, their spec is all but immutable, and their status is theirs that writes it.
/// </summary>
internal sealed class PodRules : MessageRules<Pod>
{
    private const long DefaultGraceSeconds = 30;

    public PodRules()
    {
        HasGeneration = true;
        StatusWritesMetadata = true;
    }

    protected override IEnumerable<FieldError> ValidateCreate(Pod value) => PodSpecRules.Validate("spec", value.Spec);

    protected override void PrepareUpdate(Pod old, Pod value)
    {
        value.Spec ??= new PodSpec();
        if (value.Spec.NodeName.Length == 0 && old.Spec.NodeName.Length > 0)
        {
            value.Spec.NodeName = old.Spec.NodeName;
        }
    }

    protected override IEnumerable<FieldError> ValidateUpdate(Pod old, Pod value) =>
        old.Spec.Equals(value.Spec) ? [] : PodUpdateRules.Validate(old.Spec, value.Spec);

    protected override void PrepareStatus(Pod old, Pod value)
    {
        value.Status ??= new PodStatus();
        if (value.Status.QosClass.Length == 0 && old.Status is { QosClass.Length: > 0 })
        {
            value.Status.QosClass = old.Status.QosClass;
        }

        AgreeAddresses(value.Status);
    }

    protected override IEnumerable<FieldError> ValidateStatus(Pod old, Pod value)
    {
        for (int i = 0; i < value.Status.PodIPs.Count; i++)
        {
            if (!IPAddress.TryParse(value.Status.PodIPs[i].Ip, out _))
            {
                yield return FieldError.InvalidString($"status.podIPs[{i}]", value.Status.PodIPs[i].Ip,
                    "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
        }

        if (old.Status is { QosClass.Length: > 0 } before && before.QosClass != value.Status.QosClass)
        {
            yield return FieldError.InvalidString("status.qosClass", value.Status.QosClass, "field is immutable");
        }
    }

    protected override long? GraceSeconds(Pod value, long? asked)
    {
        if (value.Spec is not { NodeName.Length: > 0 } || value.Status?.Phase is "Succeeded" or "Failed")
        {
            return 0;
        }

        long seconds = asked ?? (value.Spec.HasTerminationGracePeriodSeconds ? value.Spec.TerminationGracePeriodSeconds : DefaultGraceSeconds);
        return seconds < 0 ? 1 : seconds;
    }

    /// <summary>The single address wins over the list when the two disagree.</summary>
    private static void AgreeAddresses(PodStatus status)
    {
        if (status.PodIP.Length == 0 && status.PodIPs.Count > 0)
        {
            status.PodIP = status.PodIPs[0].Ip;
        }
        else if (status.PodIP.Length > 0 && (status.PodIPs.Count == 0 || status.PodIPs[0].Ip != status.PodIP))
        {
            status.PodIPs.Clear();
            status.PodIPs.Add(new PodIP { Ip = status.PodIP });
        }

        if (status.HostIP.Length > 0 && status.HostIPs.Count > 0 && status.HostIPs[0].Ip != status.HostIP)
        {
            status.HostIPs.Clear();
            status.HostIPs.Add(new HostIP { Ip = status.HostIP });
        }
    }
}
