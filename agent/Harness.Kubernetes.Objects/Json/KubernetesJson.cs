using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>
/// Kubernetes JSON of the generated messages: reads it, and writes it byte for byte as Kubernetes' API server does (without the newline at
/// the end of a response). Stateless, safe from any thread.
/// </summary>
public static class KubernetesJson
{
    private static readonly JsonWriterOptions s_writerOptions = new() { Encoder = GoJsonEncoder.Instance, SkipValidation = true };
    private static readonly JsonWriterOptions s_indentedOptions = s_writerOptions with { Indented = true, NewLine = "\n" };

    /// <summary>Settings for a <see cref="Utf8JsonWriter"/> that writes documents as Go does.</summary>
    public static JsonWriterOptions WriterOptions => s_writerOptions;

    /// <summary>The JSON of a message.</summary>
    public static byte[] ToUtf8(IMessage message, KubernetesJsonOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, message, options);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The JSON of a message.</summary>
    public static string ToText(IMessage message, KubernetesJsonOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, message, options);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The JSON of a message over several lines, for people.</summary>
    public static string ToIndentedText(IMessage message, KubernetesJsonOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, s_indentedOptions))
        {
            Write(writer, message, options);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The JSON of a message as a document that can be changed.</summary>
    public static JsonObject ToDocument(IMessage message, KubernetesJsonOptions? options = null) =>
        JsonNode.Parse(ToUtf8(message, options)) as JsonObject
        ?? throw new ArgumentException($"{message.Descriptor.FullName} is no JSON object.", nameof(message));

    /// <summary>Writes the JSON of a message.</summary>
    public static void Write(IBufferWriter<byte> output, IMessage message, KubernetesJsonOptions? options = null)
    {
        using var writer = new Utf8JsonWriter(output, s_writerOptions);
        Write(writer, message, options);
    }

    /// <summary>Writes the JSON of a message as the next value of a writer, which should have <see cref="WriterOptions"/>.</summary>
    public static void Write(Utf8JsonWriter writer, IMessage message, KubernetesJsonOptions? options = null)
    {
        options ??= KubernetesJsonOptions.Object;
        var output = new JsonOutput(writer, options.OnlySetFields);
        if (ValueForms.Of(message.Descriptor) is MessageForm form)
        {
            form.Write(output, message, options.WithType ? options.Kind ?? KubernetesKinds.Find(message.Descriptor) : null);
            return;
        }

        ValueForms.Of(message.Descriptor).Write(output, message);
    }

    /// <summary>Reads a message.</summary>
    /// <param name="utf8">The whole JSON document. Its kind and apiVersion are not compared.</param>
    /// <param name="findings">Takes what was tolerated: unknown and duplicate fields.</param>
    /// <exception cref="KubernetesFormatException">It is no JSON, or a value is not of its field's type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, FieldFindings? findings = null) where T : class, IMessage<T>, new()
    {
        var message = new T();
        return (T)Read(utf8, message.Descriptor, findings);
    }

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, FieldFindings?)"/>
    public static T Read<T>(in ReadOnlySequence<byte> utf8, FieldFindings? findings = null) where T : class, IMessage<T>, new() =>
        Read<T>(utf8.IsSingleSegment ? utf8.FirstSpan : utf8.ToArray(), findings);

    /// <summary>Reads a message from a document.</summary>
    /// <exception cref="KubernetesFormatException">A value is not of its field's type.</exception>
    public static T Read<T>(JsonNode document, FieldFindings? findings = null) where T : class, IMessage<T>, new() =>
        Read<T>(Utf8(document).WrittenSpan, findings);

    /// <summary>Reads a message from a document.</summary>
    /// <exception cref="KubernetesFormatException">A value is not of its field's type.</exception>
    public static IMessage Read(JsonNode document, MessageDescriptor descriptor, FieldFindings? findings = null) =>
        Read(Utf8(document).WrittenSpan, descriptor, findings);

    /// <summary>Reads a message of a type known at run time.</summary>
    /// <exception cref="KubernetesFormatException">It is no JSON, or a value is not of its field's type.</exception>
    public static IMessage Read(ReadOnlySpan<byte> utf8, MessageDescriptor descriptor, FieldFindings? findings = null)
    {
        var input = new JsonInput(utf8, findings);
        try
        {
            input.Reader.Read();
            var message = (IMessage)ValueForms.Of(descriptor).Read(ref input);
            input.Reader.Read();
            return message;
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            throw input.Invalid($"invalid JSON: {invalid.Message}", invalid);
        }
    }

    /// <summary>Reads a message of the kind that the document says it is.</summary>
    /// <exception cref="KubernetesFormatException">
    /// The kind has no message, it is no JSON, or a value is not of its field's type.
    /// </exception>
    public static IMessage ReadKind(ReadOnlySpan<byte> utf8, FieldFindings? findings = null)
    {
        var type = ReadType(utf8);
        var kind = KubernetesKinds.Find(type)
            ?? throw new KubernetesFormatException($"no kind \"{type.Kind}\" is registered for version \"{type.ApiVersion}\"");
        return Read(utf8, kind.Descriptor, findings);
    }

    /// <summary>What a document says of its own type; empty where it says nothing.</summary>
    /// <exception cref="KubernetesFormatException">It is no JSON object.</exception>
    public static KubernetesTypeMeta ReadType(ReadOnlySpan<byte> utf8)
    {
        var type = Read<Runtime.TypeMeta>(utf8);
        return new KubernetesTypeMeta(type.ApiVersion, type.Kind);
    }

    private static ArrayBufferWriter<byte> Utf8(JsonNode document)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, s_writerOptions);
        document.WriteTo(writer);
        writer.Flush();
        return output;
    }
}
