using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Auditing;

/// <summary>
/// Runs writes and records how each ended, refusals included. Dry runs are not recorded. Safe for any thread.
/// </summary>
internal sealed class Auditor(AuditLog log, TimeProvider time)
{
    /// <summary>Runs one write; <paramref name="told"/> picks the object that it wrote out of its result.</summary>
    public T Run<T>(UserIdentity user, string verb, ApiResource resource, string subresource, ObjectKey key, int code, Func<T> write, Func<T, StoredObject?> told)
    {
        try
        {
            T result = write();
            Add(user, verb, resource, subresource, key, told(result), code);
            return result;
        }
        catch (ApiStatusException refusal)
        {
            Add(user, verb, resource, subresource, key, null, refusal.Code);
            throw;
        }
    }

    private void Add(UserIdentity user, string verb, ApiResource resource, string subresource, ObjectKey key, StoredObject? stored, int code)
    {
        DateTimeOffset now = time.GetUtcNow();
        log.Add(sequence => new AuditEntry(sequence, now, user.Name, verb, resource.Group, resource.Plural, subresource, key.Namespace,
            stored?.Key.Name ?? key.Name, stored?.Metadata.Uid ?? "", stored?.Revision ?? 0, code));
    }
}
