using System.Globalization;
using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Controllers.Machinery;

namespace Harness.Simulator.Kubernetes.Controllers.Jobs;

/// <summary>A pod of a job, with its completion index where the job counts by index. Pure.</summary>
internal static class JobPod
{
    private const string IndexKey = "batch.kubernetes.io/job-completion-index";

    public static bool IsIndexed(Job job) => job.Spec.CompletionMode == "Indexed";

    public static Pod For(Job job, int? index)
    {
        var template = job.Spec.Template.Clone();
        var pod = new Pod { Metadata = template.Metadata ?? new ObjectMeta(), Spec = template.Spec };
        pod.Metadata.Namespace = job.Metadata.Namespace;
        pod.Metadata.GenerateName = job.Metadata.Name + "-";
        pod.Metadata.OwnerReferences.Add(Owners.Controller("batch/v1", "Job", job.Metadata));
        if (index is not { } number)
        {
            return pod;
        }

        var text = number.ToString(CultureInfo.InvariantCulture);
        pod.Metadata.GenerateName = $"{job.Metadata.Name}-{text}-";
        pod.Metadata.Labels[IndexKey] = pod.Metadata.Annotations[IndexKey] = text;
        pod.Spec.Hostname = $"{job.Metadata.Name}-{text}";
        foreach (var container in pod.Spec.InitContainers.Concat(pod.Spec.Containers))
        {
            container.Env.Add(new EnvVar
            {
                Name = "JOB_COMPLETION_INDEX",
                ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = $"metadata.labels['{IndexKey}']" } },
            });
        }

        return pod;
    }

    public static int? IndexOf(Pod pod) =>
        pod.Metadata.Annotations.TryGetValue(IndexKey, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>When the pod's last container ended, as far as it says.</summary>
    public static DateTimeOffset? FinishedAt(Pod pod) => pod.Status?.ContainerStatuses
        .Select(container => container.State?.Terminated?.FinishedAt?.ToDateTimeOffset())
        .Max();
}
