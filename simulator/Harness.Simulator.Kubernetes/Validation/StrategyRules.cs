using Google.Protobuf;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.IntStr;
using Harness.Kubernetes.Objects.Json;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>How workloads are to be updated, and the numbers of their specs. Pure.</summary>
internal static class StrategyRules
{
    public static IEnumerable<FieldError> Validate(IMessage workload) => workload switch
    {
        Deployment { Spec: { } spec } => Of(spec),
        ReplicaSet { Spec: { } spec } => NumberRules.NotNegative(("spec.minReadySeconds", spec.MinReadySeconds)),
        StatefulSet { Spec: { } spec } => Of(spec),
        DaemonSet { Spec: { } spec } => Of(spec),
        _ => [],
    };

    /// <summary>Whether an update leaves alone what never changes in a StatefulSet.</summary>
    public static bool KeepsTheRest(StatefulSetSpec old, StatefulSetSpec value)
    {
        StatefulSetSpec allowed = old.Clone();
        allowed.Replicas = value.Replicas;
        allowed.Template = value.Template;
        allowed.UpdateStrategy = value.UpdateStrategy;
        allowed.PersistentVolumeClaimRetentionPolicy = value.PersistentVolumeClaimRetentionPolicy;
        allowed.Ordinals = value.Ordinals;
        allowed.MinReadySeconds = value.MinReadySeconds;
        allowed.RevisionHistoryLimit = value.RevisionHistoryLimit;
        StatefulSetSpec wanted = value.Clone();
        wanted.MinReadySeconds = value.MinReadySeconds;
        wanted.RevisionHistoryLimit = value.RevisionHistoryLimit;
        wanted.Replicas = value.Replicas;
        return allowed.Equals(wanted);
    }

    private static IEnumerable<FieldError> Of(DeploymentSpec spec)
    {
        IEnumerable<FieldError> numbers = NumberRules.NotNegative(
            ("spec.minReadySeconds", spec.MinReadySeconds), ("spec.revisionHistoryLimit", spec.RevisionHistoryLimit), ("spec.progressDeadlineSeconds", spec.ProgressDeadlineSeconds));
        IEnumerable<FieldError> deadline = spec.HasProgressDeadlineSeconds && spec.ProgressDeadlineSeconds <= spec.MinReadySeconds
            ? [FieldError.Invalid("spec.progressDeadlineSeconds", $"{spec.ProgressDeadlineSeconds}", "must be greater than minReadySeconds")]
            : [];
        return Strategy(spec.Strategy ?? new DeploymentStrategy()).Concat(numbers).Concat(deadline);
    }

    private static IEnumerable<FieldError> Strategy(DeploymentStrategy strategy) => strategy.Type switch
    {
        "" => [],
        "Recreate" => strategy.RollingUpdate is null ? [] : [FieldError.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'")],
        "RollingUpdate" => Rolling("spec.strategy.rollingUpdate", strategy.RollingUpdate?.MaxUnavailable, strategy.RollingUpdate?.MaxSurge),
        _ => [new FieldError("spec.strategy", "FieldValueNotSupported", $"Unsupported value: {KubernetesJson.ToText(strategy)}: supported values: \"Recreate\", \"RollingUpdate\"")],
    };

    private static IEnumerable<FieldError> Rolling(string path, IntOrString? unavailable, IntOrString? surge)
    {
        foreach ((string name, IntOrString? amount) in ((string, IntOrString?)[])[("maxUnavailable", unavailable), ("maxSurge", surge)])
        {
            foreach (FieldError error in Amount($"{path}.{name}", amount))
            {
                yield return error;
            }
        }

        if (IsZero(unavailable) && IsZero(surge))
        {
            yield return FieldError.Invalid($"{path}.maxUnavailable", Text(unavailable!), "may not be 0 when `maxSurge` is 0");
        }

        if (unavailable is { Type: not 0 } && Percent(unavailable) is > 100)
        {
            yield return FieldError.Invalid($"{path}.maxUnavailable", Text(unavailable), "must not be greater than 100%");
        }
    }

    private static IEnumerable<FieldError> Amount(string field, IntOrString? amount)
    {
        if (amount is { Type: not 0 } && Percent(amount) is null)
        {
            yield return FieldError.Invalid(field, Text(amount),
                "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
        }
        else if (amount is { Type: 0, IntVal: < 0 })
        {
            yield return FieldError.Invalid(field, Text(amount), "must be greater than or equal to 0");
        }
    }

    private static IEnumerable<FieldError> Of(StatefulSetSpec spec)
    {
        if (spec.PodManagementPolicy is not ("" or "OrderedReady" or "Parallel"))
        {
            yield return FieldError.InvalidString("spec.podManagementPolicy", spec.PodManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
        }

        if (spec.UpdateStrategy is { Type: not ("" or "RollingUpdate" or "OnDelete") } strategy)
        {
            yield return FieldError.Invalid("spec.updateStrategy", KubernetesJson.ToText(strategy), "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private static IEnumerable<FieldError> Of(DaemonSetSpec spec)
    {
        if (spec.UpdateStrategy is { Type: not ("" or "RollingUpdate" or "OnDelete") } strategy)
        {
            yield return new FieldError("spec.updateStrategy", "FieldValueNotSupported",
                $"Unsupported value: {KubernetesJson.ToText(strategy)}: supported values: \"RollingUpdate\", \"OnDelete\"");
        }
    }

    private static bool IsZero(IntOrString? amount) => amount is not null && (amount.Type == 0 ? amount.IntVal == 0 : Percent(amount) == 0);

    private static int? Percent(IntOrString amount) =>
        amount.StrVal.EndsWith('%') && int.TryParse(amount.StrVal[..^1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int value) ? value : null;

    private static string Text(IntOrString amount) => amount.Type == 0 ? $"{amount.IntVal}" : GoText.Quote(amount.StrVal);
}
