using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Defaults;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// Creates and replaces objects: completes metadata, defaults, validates, and writes with optimistic concurrency. Takes over the drafts it is
/// given. Resources are the stored ones. Safe for any thread.
/// </summary>
internal sealed class ObjectWriter(ObjectStore store, RuleBook rules, NamespaceGate namespaces, IdentifierSource identifiers, TimeProvider time)
{
    private const int MostNames = 8;
    private const int MostPrefix = 58;
    private const int MostAttempts = 64;

    public StoredObject Create(WriteContext context, ApiResource resource, string inNamespace, ApiObject draft)
    {
        ObjectMeta metadata = draft.Metadata;
        CheckNamespace(resource, inNamespace, metadata);
        if (metadata.ResourceVersion.Length > 0)
        {
            throw ApiErrors.Of(500, "", "resourceVersion should not be set on objects to be created");
        }

        namespaces.CheckCreate(resource, inNamespace, metadata.Name);
        if (metadata.Name.Length == 0 && metadata.GenerateName.Length > 0)
        {
            metadata.Name = FreeName(resource, inNamespace, metadata.GenerateName);
        }

        PrepareCreate(resource, draft);
        SignedRequests.Note(context.User, draft);
        ResourceRules own = rules.Of(resource);
        Validate(resource, metadata.Name, MetadataRules.Validate(own, metadata), own.ValidateCreate(draft));
        return TryAdd(context, resource, draft) ?? throw Taken(resource, metadata);
    }

    /// <summary>Replaces an object by what <paramref name="next"/> makes of its current version, as often as others interfere.</summary>
    public StoredObject Update(WriteContext context, ApiResource resource, ObjectKey key, WritePart part, Func<StoredObject?, ApiObject> next)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            StoredObject? current = store.Find(resource, key);
            ApiObject draft = next(current);
            CheckName(resource, key, draft.Metadata);
            if (current is null)
            {
                return CreateByUpdate(context, resource, key, part, draft);
            }

            if (Replace(context, current, part, draft) is { } stored)
            {
                return stored;
            }
        }

        throw ApiErrors.Modified(resource, key.Name);
    }

    private StoredObject CreateByUpdate(WriteContext context, ApiResource resource, ObjectKey key, WritePart part, ApiObject draft)
    {
        if (draft.Metadata.Uid.Length > 0)
        {
            throw ApiErrors.WrongUid(resource, key, draft.Metadata.Uid, "");
        }

        if (!rules.Of(resource).CreatesOnUpdate || part != WritePart.Object)
        {
            throw ApiErrors.NotFound(resource, key.Name);
        }

        draft.Metadata.ClearResourceVersion();
        return Create(context, resource, key.Namespace, draft);
    }

    private StoredObject? Replace(WriteContext context, StoredObject current, WritePart part, ApiObject draft)
    {
        CheckVersion(current, draft.Metadata, part);
        ResourceRules own = rules.Of(current.Resource);
        Validate(current.Resource, current.Key.Name, MetadataRules.ValidateDeletionKept(current.Metadata, draft.Metadata));
        Prepare(current, part, draft, own);
        IEnumerable<FieldError> errors = part switch
        {
            WritePart.Status => own.ValidateStatus(current.Value, draft),
            WritePart.Object => own.ValidateUpdate(current.Value, draft),
            _ => [],
        };
        Validate(current.Resource, current.Key.Name, MetadataRules.ValidateUpdate(current.Metadata, draft.Metadata), errors);

        if (draft.ContentEquals(current.Value))
        {
            return current;
        }

        if (context.DryRun)
        {
            return new StoredObject(current.Resource, current.Key, current.Revision, draft);
        }

        if (!DeletionRules.IsFinished(draft))
        {
            return store.TryUpdate(current, draft);
        }

        return store.TryDelete(current) is null ? null : new StoredObject(current.Resource, current.Key, current.Revision, draft);
    }

    private static void Prepare(StoredObject current, WritePart part, ApiObject draft, ResourceRules own)
    {
        MetadataRules.Carry(current.Metadata, draft.Metadata);
        if (part == WritePart.Status)
        {
            WrittenParts.KeepAllButStatus(current.Value, draft, own);
            own.PrepareStatus(current.Value, draft);
            return;
        }

        if (current.Resource.HasStatus && part != WritePart.Binding)
        {
            ObjectFields.Copy(current.Value, draft, "status");
        }

        if (draft is MessageObject message)
        {
            ObjectDefaults.Apply(message.Message);
        }

        own.PrepareUpdate(current.Value, draft);
        if (own.HasGeneration && part != WritePart.Binding && IsCounted(current.Value, draft, own))
        {
            draft.Metadata.Generation = current.Metadata.Generation + 1;
        }
    }

    private static bool IsCounted(ApiObject old, ApiObject draft, ResourceRules own) =>
        !ObjectFields.AreEqual(old, draft, "spec") || own.CountsAnnotations && !old.Metadata.Annotations.Equals(draft.Metadata.Annotations);

    private void PrepareCreate(ApiResource resource, ApiObject draft)
    {
        ResourceRules own = rules.Of(resource);
        MetadataRules.Begin(draft.Metadata, identifiers.NewUid(), time.Now(), own.HasGeneration);
        if (resource.HasStatus && !own.CreatesWithStatus)
        {
            ObjectFields.Clear(draft, "status");
        }

        if (draft is MessageObject message)
        {
            ObjectDefaults.Apply(message.Message);
            ObjectDefaults.Admit(message.Message, identifiers.NewSuffix);
        }

        own.PrepareCreate(draft);
    }

    private StoredObject? TryAdd(WriteContext context, ApiResource resource, ApiObject draft)
    {
        var key = new ObjectKey(draft.Metadata.Namespace, draft.Metadata.Name);
        if (!context.DryRun)
        {
            return store.TryCreate(resource, key, draft);
        }

        return store.Find(resource, key) is null ? new StoredObject(resource, key, 0, draft) : null;
    }

    private ApiStatusException Taken(ApiResource resource, ObjectMeta metadata)
    {
        ApiStatusException taken = store.Find(resource, new ObjectKey(metadata.Namespace, metadata.Name))?.Metadata.DeletionTimestamp is null
            ? ApiErrors.AlreadyExists(resource, metadata.Name)
            : ApiErrors.BeingDeleted(resource, metadata.Name);
        return metadata.GenerateName.Length > 0 ? ApiErrors.NoUniqueName(taken) : taken;
    }

    private string FreeName(ApiResource resource, string inNamespace, string prefix)
    {
        string name = "";
        for (int attempt = 0; attempt < MostNames; attempt++)
        {
            name = prefix[..Math.Min(prefix.Length, MostPrefix)] + identifiers.NewSuffix();
            if (store.Find(resource, new ObjectKey(inNamespace, name)) is null)
            {
                break;
            }
        }

        return name;
    }

    private void CheckVersion(StoredObject current, ObjectMeta wanted, WritePart part)
    {
        if (wanted.ResourceVersion.Length > 0 && !ulong.TryParse(wanted.ResourceVersion, out _))
        {
            throw ApiErrors.Of(500, "", $"strconv.ParseUint: parsing {GoText.Quote(wanted.ResourceVersion)}: invalid syntax");
        }

        if (wanted.ResourceVersion.Length > 0 && wanted.ResourceVersion != current.Metadata.ResourceVersion)
        {
            throw ApiErrors.Modified(current.Resource, current.Key.Name);
        }

        if (wanted.Uid.Length > 0 && wanted.Uid != current.Metadata.Uid)
        {
            throw ApiErrors.WrongUid(current.Resource, current.Key, wanted.Uid, current.Metadata.Uid);
        }

        if (wanted.ResourceVersion.Length == 0 && part == WritePart.Object && rules.Of(current.Resource).NeedsResourceVersion)
        {
            throw ApiErrors.Invalid(current.Resource.Plural, current.Resource.Group, current.Key.Name,
                [FieldError.Invalid("metadata.resourceVersion", "0x0", "must be specified for an update")]);
        }
    }

    private static void CheckNamespace(ApiResource resource, string inNamespace, ObjectMeta metadata)
    {
        if (!resource.Namespaced)
        {
            metadata.ClearNamespace();
            return;
        }

        if (metadata.Namespace.Length > 0 && metadata.Namespace != inNamespace)
        {
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata.Namespace = inNamespace;
    }

    private static void CheckName(ApiResource resource, ObjectKey key, ObjectMeta metadata)
    {
        CheckNamespace(resource, key.Namespace, metadata);
        if (metadata.Name.Length == 0)
        {
            throw ApiErrors.BadRequest($"the name of the object ({key.Name} based on URL) was undeterminable: name must be provided");
        }

        if (metadata.Name != key.Name)
        {
            throw ApiErrors.BadRequest($"the name of the object ({metadata.Name}) does not match the name on the URL ({key.Name})");
        }

    }

    private static void Validate(ApiResource resource, string name, params IEnumerable<FieldError>[] found)
    {
        List<FieldError> errors = [.. found.SelectMany(errors => errors)];
        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid(resource, name, errors);
        }
    }
}
