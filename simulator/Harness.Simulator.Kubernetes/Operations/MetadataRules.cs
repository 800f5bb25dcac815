using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Validation;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// Object metadata: what the server sets, what survives an update, and what is refused. Field ownership (managedFields) is not kept: what a
/// client sends of it is dropped.
/// </summary>
internal static class MetadataRules
{
    private const int MostAnnotationBytes = 262_144;

    public static void Begin(ObjectMeta metadata, string uid, Time now, bool hasGeneration)
    {
        metadata.Uid = uid;
        metadata.CreationTimestamp = now;
        metadata.DeletionTimestamp = null;
        metadata.ClearDeletionGracePeriodSeconds();
        metadata.ClearSelfLink();
        metadata.ClearResourceVersion();
        metadata.ManagedFields.Clear();
        if (hasGeneration)
        {
            metadata.Generation = 1;
        }
    }

    /// <summary>Gives the draft what no client can change. Its resourceVersion becomes the current one, so that no change is seen as such.</summary>
    public static void Carry(ObjectMeta old, ObjectMeta draft)
    {
        draft.Uid = old.Uid;
        draft.ResourceVersion = old.ResourceVersion;
        draft.CreationTimestamp = old.CreationTimestamp?.Clone();
        draft.DeletionTimestamp = old.DeletionTimestamp?.Clone();
        Set(old.HasDeletionGracePeriodSeconds, () => draft.DeletionGracePeriodSeconds = old.DeletionGracePeriodSeconds, draft.ClearDeletionGracePeriodSeconds);
        Set(old.HasGeneration, () => draft.Generation = old.Generation, draft.ClearGeneration);
        Set(old.HasNamespace, () => draft.Namespace = old.Namespace, draft.ClearNamespace);
        draft.ClearSelfLink();
        draft.ManagedFields.Clear();
    }

    public static IEnumerable<FieldError> Validate(ResourceRules rules, ObjectMeta metadata)
    {
        if (metadata.Name.Length == 0)
        {
            return [FieldError.Required("metadata.name", "name or generateName is required")];
        }

        IEnumerable<FieldError> prefix = metadata.GenerateName.Length > 0 ? NameErrors(rules, metadata.GenerateName.TrimEnd('-'), "metadata.generateName") : [];
        return prefix.Concat(NameErrors(rules, metadata.Name, "metadata.name")).Concat(ContentErrors(metadata)).Concat(ReferenceRules.Validate(metadata));
    }

    /// <summary>Nobody deletes by writing a time of deletion, nor moves it; leaving it out changes nothing.</summary>
    public static IEnumerable<FieldError> ValidateDeletionKept(ObjectMeta old, ObjectMeta draft)
    {
        if (draft.DeletionTimestamp is not null && !draft.DeletionTimestamp.Equals(old.DeletionTimestamp))
        {
            yield return FieldError.InvalidString("metadata.deletionTimestamp", draft.DeletionTimestamp.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), "field is immutable");
        }

        if (draft.HasDeletionGracePeriodSeconds && draft.DeletionGracePeriodSeconds != (old.HasDeletionGracePeriodSeconds ? old.DeletionGracePeriodSeconds : -1))
        {
            yield return FieldError.Invalid("metadata.deletionGracePeriodSeconds", $"{draft.DeletionGracePeriodSeconds}", "field is immutable");
        }
    }

    public static IEnumerable<FieldError> ValidateUpdate(ObjectMeta old, ObjectMeta draft)
    {
        List<string> added = old.DeletionTimestamp is null ? [] : [.. draft.Finalizers.Except(old.Finalizers)];
        if (added.Count > 0)
        {
            string names = string.Join(", ", added.Select(GoText.Quote));
            yield return FieldError.Forbidden("metadata.finalizers",
                $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{names}}}");
        }

        foreach (FieldError error in ContentErrors(draft))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> NameErrors(ResourceRules rules, string name, string field)
    {
        string? wrong = rules.HasPathSegmentName ? Names.PathSegmentError(name)
            : rules.HasLabelName ? Names.LabelError(name)
            : Names.SubdomainError(name);
        return wrong is null ? [] : [FieldError.InvalidString(field, name, wrong)];
    }

    private static IEnumerable<FieldError> ContentErrors(ObjectMeta metadata)
    {
        foreach ((string key, string value) in metadata.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            foreach (string wrong in Names.QualifiedNameErrors(key))
            {
                yield return FieldError.InvalidString("metadata.labels", key, wrong);
            }

            foreach (string wrong in Names.LabelValueErrors(value))
            {
                yield return FieldError.InvalidString("metadata.labels", value, wrong);
            }
        }

        foreach (string key in metadata.Annotations.Keys.Order(StringComparer.Ordinal))
        {
            foreach (string wrong in Names.QualifiedNameErrors(key.ToLowerInvariant()))
            {
                yield return FieldError.InvalidString("metadata.annotations", key, wrong);
            }
        }

        if (metadata.Annotations.Sum(one => (long)one.Key.Length + one.Value.Length) > MostAnnotationBytes)
        {
            yield return FieldError.TooLong("metadata.annotations", $"may not be more than {MostAnnotationBytes} bytes");
        }
    }

    private static void Set(bool present, Action set, Action clear)
    {
        if (present)
        {
            set();
        }
        else
        {
            clear();
        }
    }
}
