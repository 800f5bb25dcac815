using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Documents;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>What a write through the status subresource leaves as it was.</summary>
internal static class WrittenParts
{
    public static void KeepAllButStatus(ApiObject old, ApiObject draft, ResourceRules rules)
    {
        KeepMetadata(old.Metadata, draft.Metadata, rules.StatusWritesMetadata);
        switch (old, draft)
        {
            case (MessageObject before, MessageObject after):
                KeepFields(before.Message, after.Message);
                break;
            case (JsonDocumentObject before, JsonDocumentObject after):
                KeepProperties(before, after);
                break;
        }
    }

    private static void KeepMetadata(ObjectMeta old, ObjectMeta draft, bool mayWrite)
    {
        draft.OwnerReferences.Clear();
        draft.OwnerReferences.Add(old.OwnerReferences);
        draft.Finalizers.Clear();
        draft.Finalizers.Add(old.Finalizers);
        if (mayWrite)
        {
            return;
        }

        draft.Labels.Clear();
        draft.Labels.Add(old.Labels);
        draft.Annotations.Clear();
        draft.Annotations.Add(old.Annotations);
    }

    private static void KeepFields(IMessage before, IMessage after)
    {
        foreach (FieldDescriptor field in before.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.Name is "metadata" or "status" || field.IsRepeated)
            {
                continue;
            }

            field.Accessor.Clear(after);
            if (field.Accessor.HasValue(before))
            {
                object value = field.Accessor.GetValue(before);
                field.Accessor.SetValue(after, value is IMessage message ? message.CloneMessage() : value);
            }
        }
    }

    private static void KeepProperties(JsonDocumentObject before, JsonDocumentObject after)
    {
        foreach (string property in after.Body.Select(one => one.Key).Union(before.Body.Select(one => one.Key)).Where(name => name != "status").ToList())
        {
            ObjectFields.Copy(before, after, property);
        }
    }
}
