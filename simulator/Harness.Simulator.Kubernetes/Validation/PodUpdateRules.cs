using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>
/// Which changes of a pod's spec an update may make: images, the active deadline, more tolerations. (A real API server adds a diff of its
/// internal form to the refusal; that is left out.)
/// </summary>
internal static class PodUpdateRules
{
    private const string Allowed = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    public static IEnumerable<FieldError> Validate(PodSpec old, PodSpec value)
    {
        if (old.Containers.Count != value.Containers.Count)
        {
            return [FieldError.Forbidden("spec.containers", "pod updates may not add or remove containers")];
        }

        if (old.InitContainers.Count != value.InitContainers.Count)
        {
            return [FieldError.Forbidden("spec.initContainers", "pod updates may not add or remove containers")];
        }

        if (old.HasActiveDeadlineSeconds && value.ActiveDeadlineSeconds > old.ActiveDeadlineSeconds)
        {
            return [FieldError.Invalid("spec.activeDeadlineSeconds", $"{value.ActiveDeadlineSeconds}", "must be less than or equal to previous value")];
        }

        List<FieldError> errors = [.. ImageErrors("spec.containers", value.Containers), .. ImageErrors("spec.initContainers", value.InitContainers)];
        if (!WithAllowedChanges(old, value).Equals(value))
        {
            errors.Add(FieldError.Forbidden("spec", Allowed));
        }
        else if (old.Tolerations.Any(toleration => !value.Tolerations.Any(kept => IsKept(toleration, kept))))
        {
            errors.Add(FieldError.Forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds"));
        }

        return errors;
    }

    private static bool IsKept(Toleration old, Toleration value) =>
        old.Key == value.Key && old.Operator == value.Operator && old.Value == value.Value && old.Effect == value.Effect;

    private static IEnumerable<FieldError> ImageErrors(string path, IEnumerable<Container> containers) =>
        containers.Select((container, i) => (container, i)).Where(one => one.container.Image.Length == 0)
            .Select(one => FieldError.Required($"{path}[{one.i}].image"));

    /// <summary>The old spec with those changes of the new one that are allowed.</summary>
    private static PodSpec WithAllowedChanges(PodSpec old, PodSpec value)
    {
        PodSpec allowed = old.Clone();
        for (int i = 0; i < allowed.Containers.Count; i++)
        {
            allowed.Containers[i].Image = value.Containers[i].Image;
        }

        for (int i = 0; i < allowed.InitContainers.Count; i++)
        {
            allowed.InitContainers[i].Image = value.InitContainers[i].Image;
        }

        allowed.Tolerations.Clear();
        allowed.Tolerations.Add(value.Tolerations);
        if (value.HasActiveDeadlineSeconds)
        {
            allowed.ActiveDeadlineSeconds = value.ActiveDeadlineSeconds;
        }

        if (old.TerminationGracePeriodSeconds < 0 && value.TerminationGracePeriodSeconds == 1)
        {
            allowed.TerminationGracePeriodSeconds = 1;
        }

        allowed.SchedulingGates.Clear();
        allowed.SchedulingGates.Add(value.SchedulingGates.Where(gate => old.SchedulingGates.Contains(gate)));
        return allowed;
    }
}
