using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Options;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>
/// What a strategic merge patch needs to know of one JSON object: for each field its strategy, merge key and the schema below it.
/// A view on a message's descriptor; fields of inlined messages are found as if they were the message's own. The schema of a kind or
/// map without a descriptor knows no field.
/// </summary>
internal sealed class PatchSchema
{
    private readonly MessageDescriptor? _message;

    private PatchSchema(MessageDescriptor? message) => _message = message;

    public static PatchSchema Of(MessageDescriptor? message) => new(message);

    /// <summary>The field of this JSON name; an unknown one has no strategy and no schema below.</summary>
    public PatchField Field(string jsonName)
    {
        if (_message is null || Find(_message, jsonName) is not { } field)
        {
            return PatchField.Unknown;
        }

        var options = field.GetOptions();
        var strategies = options?.GetExtension(FieldOptionsExtensions.PatchStrategy) ?? "";
        var mergeKey = options?.GetExtension(FieldOptionsExtensions.PatchMergeKey) ?? "";
        var below = field is { FieldType: FieldType.Message, IsMap: false } ? field.MessageType : null;
        return new PatchField(strategies.Split(','), mergeKey, new PatchSchema(below));
    }

    private static FieldDescriptor? Find(MessageDescriptor message, string jsonName)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            if (field.GetOptions()?.GetExtension(FieldOptionsExtensions.JsonInline) == true)
            {
                if (Find(field.MessageType, jsonName) is { } inlined)
                {
                    return inlined;
                }
            }
            else if (field.JsonName == jsonName)
            {
                return field;
            }
        }

        return null;
    }
}
