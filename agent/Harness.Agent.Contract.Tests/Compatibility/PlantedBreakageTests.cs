using Google.Protobuf.Reflection;

namespace Harness.Agent.Contract.Tests.Compatibility;

/// <summary>The rules themselves: each finds the violation that is planted for it, and nothing that is merely added is one.</summary>
public sealed class PlantedBreakageTests
{
    private static readonly Dictionary<string, Action<FileDescriptorProto>> Planted = new(StringComparer.Ordinal)
    {
        ["file-package-changed"] = file => file.Package = "other",
        ["file-syntax-changed"] = file => file.Syntax = "",
        ["file-csharp-namespace-changed"] = file => file.Options.CsharpNamespace = "Other",
        ["message-removed"] = file => file.MessageType.RemoveAt(1),
        ["field-removed"] = file => Request(file).Field[0].Number = 9,
        ["field-name-changed"] = file => Request(file).Field[0].Name = "other",
        ["field-type-changed"] = file => Request(file).Field[0].Type = FieldDescriptorProto.Types.Type.Bytes,
        ["field-label-changed"] = file => Request(file).Field[0].Label = FieldDescriptorProto.Types.Label.Repeated,
        ["field-presence-changed"] = file => Request(file).Field[1].Proto3Optional = false,
        ["field-oneof-changed"] = file => Request(file).Field[2].ClearOneofIndex(),
        ["reserved-name-removed"] = file => Request(file).ReservedName.Clear(),
        ["reserved-number-removed"] = file => Request(file).ReservedRange.Clear(),
        ["enum-removed"] = file => file.EnumType.Clear(),
        ["enum-value-removed"] = file => file.EnumType[0].Value[1].Name = "OTHER",
        ["enum-value-number-changed"] = file => file.EnumType[0].Value[1].Number = 7,
        ["service-removed"] = file => file.Service[0].Name = "Other",
        ["method-removed"] = file => file.Service[0].Method.Clear(),
        ["method-request-changed"] = file => file.Service[0].Method[0].InputType = ".test.Other",
        ["method-response-changed"] = file => file.Service[0].Method[0].OutputType = ".test.Other",
        ["method-client-streaming-changed"] = file => file.Service[0].Method[0].ClientStreaming = true,
        ["method-server-streaming-changed"] = file => file.Service[0].Method[0].ServerStreaming = true,
    };

    public static TheoryData<string> Rules => [.. CompatibilityRules.All.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Compare_PlantedViolation_IsFoundByItsRule(string rule)
    {
        var before = Sample();
        var after = before.Clone();
        if (rule == "file-removed")
        {
            after.File.Clear();
        }
        else
        {
            Planted[rule](after.File[0]);
        }

        var found = CompatibilityRules.Compare(ContractElements.Of(before), ContractElements.Of(after));

        Assert.Contains(found, breakage => breakage.Rule == rule);
        Assert.All(found, breakage => Assert.Contains(breakage.Rule, CompatibilityRules.All.Keys));
    }

    [Fact]
    public void Compare_Additions_AreNoBreakage()
    {
        var before = Sample();
        var after = before.Clone();
        var file = after.File[0];
        Request(file).Field.Add(new FieldDescriptorProto { Name = "more", Number = 20, Type = FieldDescriptorProto.Types.Type.String });
        Request(file).ReservedRange.Add(new DescriptorProto.Types.ReservedRange { Start = 30, End = 31 });
        file.EnumType[0].Value.Add(new EnumValueDescriptorProto { Name = "NEXT", Number = 2 });
        file.MessageType.Add(new DescriptorProto { Name = "New" });
        file.Service[0].Method.Add(new MethodDescriptorProto { Name = "New", InputType = ".test.New", OutputType = ".test.New" });
        file.Service.Add(new ServiceDescriptorProto { Name = "New" });
        after.File.Add(new FileDescriptorProto { Name = "new.proto" });

        Assert.Empty(CompatibilityRules.Compare(ContractElements.Of(before), ContractElements.Of(after)));
    }

    private static DescriptorProto Request(FileDescriptorProto file) => file.MessageType[0];

    private static FileDescriptorSet Sample()
    {
        var request = new DescriptorProto { Name = "Request", ReservedName = { "gone" } };
        request.ReservedRange.Add(new DescriptorProto.Types.ReservedRange { Start = 10, End = 12 });
        request.OneofDecl.Add(new OneofDescriptorProto { Name = "part" });
        request.OneofDecl.Add(new OneofDescriptorProto { Name = "_maybe" });
        request.Field.Add(new FieldDescriptorProto
        {
            Name = "text", Number = 1, Type = FieldDescriptorProto.Types.Type.String, Label = FieldDescriptorProto.Types.Label.Optional,
        });
        request.Field.Add(new FieldDescriptorProto
        {
            Name = "maybe", Number = 2, Type = FieldDescriptorProto.Types.Type.Int64, Proto3Optional = true, OneofIndex = 1,
        });
        request.Field.Add(new FieldDescriptorProto { Name = "one", Number = 3, Type = FieldDescriptorProto.Types.Type.Bytes, OneofIndex = 0 });
        var kinds = new EnumDescriptorProto { Name = "Kind" };
        kinds.Value.Add(new EnumValueDescriptorProto { Name = "NONE", Number = 0 });
        kinds.Value.Add(new EnumValueDescriptorProto { Name = "SOME", Number = 1 });
        var service = new ServiceDescriptorProto { Name = "Service" };
        service.Method.Add(new MethodDescriptorProto { Name = "Call", InputType = ".test.Request", OutputType = ".test.Response" });
        var file = new FileDescriptorProto { Name = "test.proto", Package = "test", Syntax = "proto3", Options = new Google.Protobuf.Reflection.FileOptions { CsharpNamespace = "Test" } };
        file.MessageType.Add(request);
        file.MessageType.Add(new DescriptorProto { Name = "Response" });
        file.EnumType.Add(kinds);
        file.Service.Add(service);
        return new FileDescriptorSet { File = { file } };
    }
}
