using Google.Protobuf;
using Grpc.Testing;

namespace Grpc.Tests.Interop;

/// <summary>The descriptor set of interop.proto as a file, for peers that make their messages from it. Thread-safe.</summary>
internal static class InteropDescriptors
{
    private static readonly Lazy<string> File = new(Write);

    public static string Path => File.Value;

    private static string Write()
    {
        // FileDescriptorSet has one field: repeated FileDescriptorProto file = 1.
        using var content = new MemoryStream();
        var output = new CodedOutputStream(content, leaveOpen: true);
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(InteropReflection.Descriptor.SerializedData);
        output.Flush();
        var path = System.IO.Path.Combine(AppContext.BaseDirectory, "interop.protoset");
        System.IO.File.WriteAllBytes(path, content.ToArray());
        return path;
    }
}
