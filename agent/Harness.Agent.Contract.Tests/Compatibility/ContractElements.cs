using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf.Reflection;

namespace Harness.Agent.Contract.Tests.Compatibility;

/// <summary>Takes a descriptor set apart into its elements. Pure.</summary>
internal static class ContractElements
{
    public static IReadOnlyDictionary<string, ContractElement> Of(FileDescriptorSet set) =>
        set.File.SelectMany(OfFile).ToDictionary(element => element.Key, StringComparer.Ordinal);

    private static IEnumerable<ContractElement> OfFile(FileDescriptorProto file) =>
    [
        Element(
            "file", file.Name, ("package", file.Package), ("syntax", file.Syntax), ("csharp-namespace", file.Options?.CsharpNamespace ?? "")),
        .. file.MessageType.SelectMany(message => OfMessage(file.Package, message)),
        .. file.EnumType.SelectMany(type => OfEnum(file.Package, type)),
        .. file.Service.SelectMany(service => OfService(file.Package, service)),
    ];

    private static IEnumerable<ContractElement> OfMessage(string scope, DescriptorProto message)
    {
        var name = $"{scope}.{message.Name}";
        return
        [
            Element("message", name),
            .. message.Field.Select(field => OfField(name, message, field)),
            .. message.NestedType.SelectMany(nested => OfMessage(name, nested)),
            .. message.EnumType.SelectMany(nested => OfEnum(name, nested)),
            .. message.ReservedName.Select(reserved => Element("reserved-name", $"{name} {reserved}")),
            .. message.ReservedRange.Select(range => Element("reserved-number", $"{name} {range.Start}-{range.End}")),
        ];
    }

    private static ContractElement OfField(string message, DescriptorProto owner, FieldDescriptorProto field) => Element(
        "field",
        $"{message} {field.Number.ToString(CultureInfo.InvariantCulture)}",
        ("name", field.Name),
        ("type", $"{field.Type} {field.TypeName}".Trim()),
        ("label", field.Label.ToString()),
        ("presence", field.Proto3Optional ? "explicit" : "implicit"),
        ("oneof", field is { HasOneofIndex: true, Proto3Optional: false } ? owner.OneofDecl[field.OneofIndex].Name : ""));

    private static IEnumerable<ContractElement> OfEnum(string scope, EnumDescriptorProto type)
    {
        var name = $"{scope}.{type.Name}";
        return
        [
            Element("enum", name),
            .. type.Value.Select(value => Element("enum-value", $"{name} {value.Name}", ("number", value.Number.ToString(CultureInfo.InvariantCulture)))),
        ];
    }

    private static IEnumerable<ContractElement> OfService(string scope, ServiceDescriptorProto service)
    {
        var name = $"{scope}.{service.Name}";
        return
        [
            Element("service", name),
            .. service.Method.Select(method => Element(
                "method",
                $"{name}/{method.Name}",
                ("request", method.InputType),
                ("response", method.OutputType),
                ("client-streaming", method.ClientStreaming.ToString()),
                ("server-streaming", method.ServerStreaming.ToString()))),
        ];
    }

    private static ContractElement Element(string kind, string name, params (string Name, string Value)[] facts) =>
        new(kind, name, facts.ToImmutableSortedDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal));
}
