using Harness.Kubernetes.Objects.Core.V1;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Launching;

/// <summary>Reads a Pod message into what the core knows of it. Pure; the edge between the Kubernetes API and the core.</summary>
internal static class PodReader
{
    private const long DefaultGraceSeconds = 30;

    public static PodDemand Read(Pod pod)
    {
        var annotations = pod.Metadata.Annotations;
        var phase = PodPhases.Parse(pod.Status?.Phase);
        return new PodDemand
        {
            Uid = pod.Metadata.Uid,
            Namespace = pod.Metadata.Namespace,
            Name = pod.Metadata.Name,
            Wishes = new LaunchWishes
            {
                Tags = Value(annotations, WellKnown.TagsAnnotation),
                SecurityGroups = Value(annotations, WellKnown.SecurityGroupsAnnotation),
                InstanceProfile = Value(annotations, WellKnown.InstanceProfileAnnotation),
                ImageId = Value(annotations, WellKnown.ImageIdAnnotation),
                KeyPair = Value(annotations, WellKnown.KeyPairAnnotation),
                SubnetId = Value(annotations, WellKnown.SubnetIdAnnotation),
                InstanceType = Value(annotations, WellKnown.InstanceTypeAnnotation),
            },
            InstanceId = Value(annotations, WellKnown.InstanceIdAnnotation),
            Recorded = PlanDocument.Read(Value(annotations, WellKnown.LaunchPlanAnnotation)),
            Phase = phase,
            Reported = phase is PodPhase.None or PodPhase.Pending ? null : AgentReports.Read(pod.Status!),
            DeletionDue = pod.Metadata.DeletionTimestamp?.ToDateTimeOffset(),
            Grace = TimeSpan.FromSeconds(
                pod.Metadata.HasDeletionGracePeriodSeconds ? pod.Metadata.DeletionGracePeriodSeconds
                : pod.Spec is { HasTerminationGracePeriodSeconds: true } spec ? spec.TerminationGracePeriodSeconds
                : DefaultGraceSeconds),
            OwnedByDaemonSet = pod.Metadata.OwnerReferences.Any(owner => owner is { Kind: "DaemonSet", Controller: true }),
            LaunchAsked = Value(annotations, WellKnown.LaunchAnnotation) == "true",
            Refusal = PodFields.Refusal(pod),
        };
    }

    private static string? Value(IDictionary<string, string> annotations, string key) =>
        annotations.TryGetValue(key, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
