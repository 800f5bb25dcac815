using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// Deletes objects: at once where nothing holds them, otherwise by marking them (finalizers, a pod's grace, a namespace's content) for those
/// who finish the deletion. Safe for any thread.
/// </summary>
internal sealed class ObjectDeleter(ObjectStore store, RuleBook rules, TimeProvider time)
{
    private const int MostAttempts = 64;

    public DeleteResult Delete(WriteContext context, ApiResource resource, ObjectKey key, DeleteRequest request)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            StoredObject current = store.Find(resource, key) ?? throw ApiErrors.NotFound(resource, key.Name);
            CheckPreconditions(current, request);
            rules.Of(resource).CheckDelete(resource, key.Name);
            if (TryDelete(context, current, request) is { } result)
            {
                return result;
            }
        }

        throw ApiErrors.Modified(resource, key.Name);
    }

    private DeleteResult? TryDelete(WriteContext context, StoredObject current, DeleteRequest request)
    {
        ApiObject draft = current.Value.Clone();
        long? grace = rules.Of(current.Resource).GraceSeconds(draft, request.GracePeriodSeconds);
        bool changed = DeletionRules.Apply(request.PropagationPolicy, draft.Metadata);
        changed |= Mark(current, draft, request, grace);
        bool isWaiting = grace is not null || !DeletionRules.IsFinished(draft);
        bool answersObject = isWaiting || rules.Of(current.Resource).ReturnsDeleted;
        if (context.DryRun)
        {
            ApiObject last = isWaiting ? draft : current.Value;
            return new DeleteResult(new StoredObject(current.Resource, current.Key, current.Revision, last), false, answersObject);
        }

        if (!isWaiting)
        {
            return store.TryDelete(current) is { } deleted ? new DeleteResult(deleted, true, answersObject) : null;
        }

        StoredObject? marked = changed ? store.TryUpdate(current, draft) : current;
        if (marked is null)
        {
            return null;
        }

        if (!DeletionRules.IsFinished(draft))
        {
            return new DeleteResult(marked, false, true);
        }

        return store.TryDelete(marked) is { } gone ? new DeleteResult(gone, true, true) : null;
    }

    /// <summary>Sets when the object is to be gone; a deletion that has begun can only be hastened. True when that changed the object.</summary>
    private bool Mark(StoredObject current, ApiObject draft, DeleteRequest request, long? grace)
    {
        ObjectMeta metadata = draft.Metadata;
        if (metadata.DeletionTimestamp is null)
        {
            Begin(draft, grace ?? 0, isGraceful: grace is not null);
            if (rules.Of(current.Resource).HasGeneration)
            {
                metadata.Generation++;
            }

            return true;
        }

        long before = metadata.DeletionGracePeriodSeconds;
        if (grace is not { } seconds || request.GracePeriodSeconds is null && seconds != 0 || seconds >= before)
        {
            return false;
        }

        metadata.DeletionTimestamp.Seconds += seconds == 0 ? 0 : seconds - before;
        if (seconds == 0)
        {
            metadata.DeletionTimestamp = time.Now();
        }

        metadata.DeletionGracePeriodSeconds = seconds;
        return true;
    }

    private void Begin(ApiObject draft, long seconds, bool isGraceful)
    {
        draft.Metadata.DeletionTimestamp = time.In(seconds);
        if (draft is MessageObject { Message: Namespace space })
        {
            (space.Status ??= new NamespaceStatus()).Phase = "Terminating";
        }

        if (isGraceful || draft is not MessageObject { Message: Namespace })
        {
            draft.Metadata.DeletionGracePeriodSeconds = seconds;
        }
    }

    private static void CheckPreconditions(StoredObject current, DeleteRequest request)
    {
        ObjectMeta metadata = current.Metadata;
        if (request.Uid is { } uid && uid != metadata.Uid)
        {
            throw ApiErrors.DeletePrecondition(current, $"the UID in the precondition ({uid}) does not match the UID in record ({metadata.Uid}). "
                + "The object might have been deleted and then recreated");
        }

        if (request.ResourceVersion is { } version && version != metadata.ResourceVersion)
        {
            throw ApiErrors.DeletePrecondition(current, $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record "
                + $"({metadata.ResourceVersion}). The object might have been modified");
        }
    }
}
