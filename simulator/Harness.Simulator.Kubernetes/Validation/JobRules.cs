using Google.Protobuf;
using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Json;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Jobs: numbers that are none below zero, pods that end, and a selector and a template that never change.</summary>
internal sealed class JobRules : MessageRules<Job>
{
    public JobRules() => HasGeneration = true;

    protected override IEnumerable<FieldError> ValidateCreate(Job value)
    {
        JobSpec spec = value.Spec;
        IEnumerable<FieldError> errors = NumberRules.NotNegative(
            ("spec.parallelism", spec.Parallelism),
            ("spec.completions", spec.Completions),
            ("spec.activeDeadlineSeconds", spec.ActiveDeadlineSeconds),
            ("spec.backoffLimit", spec.BackoffLimit),
            ("spec.ttlSecondsAfterFinished", spec.TtlSecondsAfterFinished));
        return errors.Concat(Selection(spec)).Concat(PodSpecRules.Validate("spec.template.spec", spec.Template.Spec)).Concat(RestartPolicy("spec.template.spec", spec));
    }

    protected override IEnumerable<FieldError> ValidateUpdate(Job old, Job value)
    {
        foreach (FieldError error in ValidateCreate(value))
        {
            yield return error;
        }

        if (old.Spec.HasCompletions != value.Spec.HasCompletions || old.Spec.Completions != value.Spec.Completions)
        {
            yield return FieldError.Invalid("spec.completions", value.Spec.HasCompletions ? $"{value.Spec.Completions}" : "null", "field is immutable");
        }

        foreach (FieldError error in Fixed("spec.selector", old.Spec.Selector, value.Spec.Selector).Concat(Fixed("spec.template", old.Spec.Template, value.Spec.Template)))
        {
            yield return error;
        }
    }

    /// <summary>A job's pods come to an end.</summary>
    public static IEnumerable<FieldError> RestartPolicy(string path, JobSpec spec)
    {
        if (spec.Template.Spec.RestartPolicy is not ("OnFailure" or "Never"))
        {
            yield return FieldError.Required($"{path}.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        }
    }

    private static IEnumerable<FieldError> Selection(JobSpec spec)
    {
        if (spec.Selector is null)
        {
            yield return FieldError.Required("spec.selector");
        }

        if (spec.Selector is null || !Selectors.LabelSelector.Of(spec.Selector).Matches(spec.Template.Metadata.Labels))
        {
            yield return FieldError.Invalid("spec.template.metadata.labels", WorkloadRules.LabelsJson(spec.Template), "`selector` does not match template `labels`");
        }
    }

    private static IEnumerable<FieldError> Fixed(string field, IMessage? old, IMessage? value)
    {
        if (!Equals(old, value))
        {
            yield return FieldError.Invalid(field, value is null ? "null" : KubernetesJson.ToText(value), "field is immutable");
        }
    }
}
