using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Protobuf;

namespace Harness.Kubernetes.Objects.Tests;

/// <summary>Protobuf as lines of names and values, so that a difference can be read.</summary>
internal static class ProtobufText
{
    public static string Describe(byte[] envelope)
    {
        var unknown = KubernetesProtobuf.Open(envelope);
        var kind = KubernetesKinds.Find(unknown.TypeMeta.ApiVersion, unknown.TypeMeta.Kind)!;
        var lines = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{unknown.TypeMeta}");
        Append(lines, unknown.Raw, kind.Descriptor, 0);
        return lines.ToString();
    }

    private static void Append(StringBuilder lines, ByteString bytes, MessageDescriptor type, int depth)
    {
        var input = bytes.CreateCodedInput();
        while (input.ReadTag() is not 0 and var tag)
        {
            var field = type.FindFieldByNumber(WireFormat.GetTagFieldNumber(tag));
            lines.Append(' ', depth * 2).Append(CultureInfo.InvariantCulture, $"{field?.Name ?? "?"}({WireFormat.GetTagFieldNumber(tag)}) = ");
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
            {
                lines.AppendLine(CultureInfo.InvariantCulture, $"{input.ReadInt64()}");
            }
            else if (field?.FieldType == FieldType.Message)
            {
                lines.AppendLine();
                Append(lines, input.ReadBytes(), field.MessageType, depth + 1);
            }
            else
            {
                lines.AppendLine(CultureInfo.InvariantCulture, $"\"{input.ReadBytes().ToStringUtf8()}\"");
            }
        }
    }
}
