using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Options;

namespace Harness.Kubernetes.Objects.Tests;

/// <summary>Holds the .proto files against the recorded wire schema: names, numbers, types, and what JSON and patches need.</summary>
public sealed class WireSchemaTests
{
    private const int HeaderLines = 2;

    [Fact]
    public void Protos_EveryField_IsThatOfTheWireSchema()
    {
        var recorded = Goldens.Text("kubernetes-wire-schema.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(HeaderLines).Select(line => line.TrimEnd('\t')).Order(StringComparer.Ordinal);
        var present = Messages().SelectMany(Rows).Select(line => line.TrimEnd('\t')).Order(StringComparer.Ordinal);

        Assert.Equal(recorded, present);
    }

    private static IEnumerable<MessageDescriptor> Messages() =>
        KubernetesKinds.All.Select(kind => kind.Descriptor.File)
            .SelectMany(file => file.Dependencies.Append(file))
            .DistinctBy(file => file.Name)
            .Where(file => file.Package.StartsWith("k8s.io.", StringComparison.Ordinal))
            .SelectMany(file => file.MessageTypes);

    private static IEnumerable<string> Rows(MessageDescriptor message) => message.Fields.InDeclarationOrder().Count == 0
        ? [message.FullName]
        : message.Fields.InDeclarationOrder().Select(field => Row(message, field));

    private static string Row(MessageDescriptor message, FieldDescriptor field)
    {
        var options = field.GetOptions();
        var json = new List<string>();
        if (options?.GetExtension(FieldOptionsExtensions.JsonInline) == true)
        {
            json.Add("inline");
        }

        if (options?.GetExtension(FieldOptionsExtensions.JsonHidden) == true)
        {
            json.Add("-");
        }

        if (field.JsonName != field.Name)
        {
            json.Add(field.JsonName);
        }

        if (options?.GetExtension(FieldOptionsExtensions.JsonAlways) == true)
        {
            json.Add("always");
        }

        return string.Join('\t', message.FullName, field.FieldNumber, field.IsMap ? "" : field.IsRepeated ? "repeated" : "optional", TypeName(field),
            field.Name, options?.GetExtension(FieldOptionsExtensions.PatchStrategy), options?.GetExtension(FieldOptionsExtensions.PatchMergeKey),
            options?.GetExtension(FieldOptionsExtensions.ListType), string.Join(' ', json));
    }

    private static string TypeName(FieldDescriptor field) =>
        field.IsMap ? $"map<string,{TypeName(field.MessageType.FindFieldByNumber(2))}>"
        : field.FieldType == FieldType.Message ? field.MessageType.FullName
        : field.FieldType.ToString().ToLowerInvariant();
}
