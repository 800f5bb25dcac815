using System.Text;
using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Patching;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// Applies patches to stored objects: the current version becomes a document, the patched document an object again, which is then written
/// as an update of that version. Safe for any thread.
/// </summary>
internal sealed class ObjectPatcher(ObjectWriter writer)
{
    public StoredObject Patch(WriteContext context, ApiResource resource, ObjectKey key, WritePart part, PatchRequest request)
    {
        ApiResource stored = resource.StoredAs ?? resource;
        return writer.Update(context, stored, key, part, current => current is null
            ? throw ApiErrors.NotFound(stored, key.Name)
            : Patched(context, resource, current, request));
    }

    /// <summary>The document after the patch.</summary>
    public static JsonObject Apply(JsonObject document, PatchRequest request, ApiResource resource)
    {
        PatchOutcome outcome = ObjectPatch.Apply(request.Type, document, request.Body, resource.Descriptor);
        if (outcome.IsApplied)
        {
            return outcome.Document;
        }

        PatchFailure failure = outcome.Failure;
        throw ApiErrors.Of(failure.Code, failure.Reason ?? "", failure.Message, failure.HasEmptyDetails ? new StatusDetails() : null);
    }

    private static ApiObject Patched(WriteContext context, ApiResource resource, StoredObject current, PatchRequest request)
    {
        JsonObject document = ObjectJson.ToDocument(resource, EventForms.ToShown(resource, current.Value));
        JsonObject applied = Apply(document, request, resource);
        byte[] patched = ObjectJson.ToUtf8(applied);
        if ((applied["kind"] as JsonValue)?.ToString() is { } kind && kind != resource.Kind)
        {
            throw ApiErrors.Invalid("", "", "", [FieldError.InvalidString("patch", Encoding.UTF8.GetString(patched), $"a patch cannot make a {kind} of a {resource.Kind}")]);
        }

        ApiObject draft = EventForms.ToStored(resource, Read(context, resource, patched, request.Validation));
        if (draft.Metadata.Uid != current.Metadata.Uid)
        {
            throw ApiErrors.Invalid(resource, current.Key.Name, [FieldError.InvalidString("metadata.uid", draft.Metadata.Uid, "field is immutable")]);
        }

        return draft;
    }

    private static ApiObject Read(WriteContext context, ApiResource resource, byte[] patched, FieldValidation validation)
    {
        var findings = new FieldFindings();
        try
        {
            ApiObject draft = ObjectJson.Read(resource, patched, findings);
            Tell(context, validation, findings, patched);
            return draft;
        }
        catch (KubernetesFormatException wrong)
        {
            string text = GoText.Quote(Encoding.UTF8.GetString(patched));
            throw ApiErrors.Of(422, "Invalid", $" \"\" is invalid: patch: Invalid value: {text}: {wrong.Reason}", new StatusDetails());
        }
    }

    private static void Tell(WriteContext context, FieldValidation validation, FieldFindings findings, byte[] patched)
    {
        if (findings.All.Count == 0 || validation == FieldValidation.Ignore)
        {
            return;
        }

        if (validation == FieldValidation.Strict)
        {
            string text = System.Text.Encoding.UTF8.GetString(patched);
            FieldError error = FieldError.InvalidString("patch", text, $"strict decoding error: {string.Join(", ", findings.All)}");
            throw ApiErrors.Invalid("", "", "", [error]);
        }

        foreach (string finding in findings.All)
        {
            context.Warn?.Invoke(finding);
        }
    }
}
