using System.Collections;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Options;

namespace Harness.Kubernetes.Objects.Plans;

/// <summary>
/// What the codecs need to know of one field, read once from its descriptor and its options. Immutable, shared by all threads.
/// </summary>
internal sealed class FieldPlan
{
    private readonly Lazy<ValueForm> _value;
    private readonly Lazy<object> _empty;

    public FieldPlan(FieldDescriptor field)
    {
        var options = field.GetOptions();
        Field = field;
        Accessor = field.Accessor;
        Utf8Name = Encoding.UTF8.GetBytes(field.JsonName);
        EncodedName = JsonEncodedText.Encode(field.JsonName, GoJsonEncoder.Instance);
        IsAlways = options?.GetExtension(FieldOptionsExtensions.JsonAlways) ?? false;
        IsPointer = options?.GetExtension(FieldOptionsExtensions.JsonPresence) ?? false;
        IsOmittedWhenZero = options?.GetExtension(FieldOptionsExtensions.JsonOmitZero) ?? false;
        Shape = field.IsMap ? FieldShape.Map
            : field.IsRepeated ? FieldShape.List
            : options?.GetExtension(FieldOptionsExtensions.JsonInline) == true ? FieldShape.Inline
            : FieldShape.Single;
        ValueField = field.IsMap ? field.MessageType.FindFieldByNumber(2) : field;
        var isTyped = options?.GetExtension(FieldOptionsExtensions.JsonTyped) ?? false;
        _value = new Lazy<ValueForm>(() => isTyped ? ValueForms.Typed(ValueField.MessageType) : ValueForms.Of(ValueField));
        _empty = new Lazy<object>(() => Value.Zero());
    }

    public FieldDescriptor Field { get; }

    /// <summary>The field itself; the value's field of a map's entries.</summary>
    public FieldDescriptor ValueField { get; }

    public IFieldAccessor Accessor { get; }

    public string Name => Field.JsonName;

    public byte[] Utf8Name { get; }

    public JsonEncodedText EncodedName { get; }

    public FieldShape Shape { get; }

    /// <summary>Written in JSON even when empty.</summary>
    public bool IsAlways { get; }

    /// <summary>Absent and empty are two things: a pointer in the API's Go types.</summary>
    public bool IsPointer { get; }

    /// <summary>A message that is left out of JSON when it is empty, though it is no pointer.</summary>
    public bool IsOmittedWhenZero { get; }

    /// <summary>An empty list is written as such; that of any other list is null.</summary>
    public bool IsItems => Shape == FieldShape.List && Field.Name == "items";

    public ValueForm Value => _value.Value;

    /// <summary>The value of an absent field. Shared: never to be changed.</summary>
    public object Empty => _empty.Value;

    public bool IsMessage => ValueField.FieldType == FieldType.Message;

    public bool IsSet(IMessage message) => Shape switch
    {
        FieldShape.List => ((IList)Accessor.GetValue(message)).Count > 0,
        FieldShape.Map => ((IDictionary)Accessor.GetValue(message)).Count > 0,
        _ => Accessor.HasValue(message),
    };

    /// <summary>The message in this field, made when it is absent.</summary>
    public IMessage GetOrAdd(IMessage message)
    {
        if (Accessor.HasValue(message))
        {
            return (IMessage)Accessor.GetValue(message);
        }

        var added = Field.MessageType.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);
        Accessor.SetValue(message, added);
        return added;
    }

    /// <summary>The field's type as Kubernetes' API server names it in errors.</summary>
    public string GoType => Shape switch
    {
        FieldShape.List => $"[]{Value.GoType}",
        FieldShape.Map => $"map[string]{Value.GoType}",
        _ => Value.GoType,
    };
}
