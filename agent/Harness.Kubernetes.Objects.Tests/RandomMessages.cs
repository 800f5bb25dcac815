using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.IntStr;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Resource;
using Harness.Kubernetes.Objects.Runtime;

namespace Harness.Kubernetes.Objects.Tests;

/// <summary>Messages of any type with random content, the same for the same seed. One thread.</summary>
internal sealed class RandomMessages(int seed)
{
    private const int GreatestDepth = 9;

    private static readonly string[] s_texts = ["", "a", "web-0", "<b>&\"\\", "line\nbreak\t\u0001", "grüße \u2028 \ud83d\ude00", "k8s.io/x"];
    private static readonly string[] s_amounts = ["0", "1", "100m", "1536Mi", "1e3", "10e18", "-5Gi", "333333334n"];
    private static readonly string[] s_raw = ["{}", "[1,\"x\"]", "\"text\"", "{\"f:spec\":{\"k:{\\\"name\\\":\\\"c\\\"}\":{\".\":{}}}}", "true"];

    private readonly Random _random = new(seed);

    public KubernetesKind Kind() => Pick(KubernetesKinds.All.OrderBy(kind => kind.Descriptor.FullName, StringComparer.Ordinal).ToArray());

    public IMessage Message(MessageDescriptor type) => Message(type, 0);

    private IMessage Message(MessageDescriptor type, int depth)
    {
        var message = type.Name switch
        {
            "Time" => Time.Of(Moment()),
            "MicroTime" => MicroTime.Of(Moment()),
            "Quantity" => Quantity.Of(Pick(s_amounts)),
            "IntOrString" => _random.Next(2) == 0 ? IntOrString.Of(_random.Next(-5, 70000)) : IntOrString.Of(Pick(s_texts)),
            "RawExtension" => new RawExtension { Raw = ByteString.CopyFromUtf8(Pick(s_raw)) },
            "FieldsV1" => new FieldsV1 { Raw = ByteString.CopyFromUtf8(Pick(s_raw)) },
            _ => (IMessage?)null,
        };
        if (message is not null)
        {
            return message;
        }

        message = type.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);
        foreach (var field in type.Fields.InDeclarationOrder().Where(_ => _random.Next(depth + 2) == 0))
        {
            Fill(message, field, depth);
        }

        return message;
    }

    private void Fill(IMessage message, FieldDescriptor field, int depth)
    {
        if (field.FieldType == FieldType.Message && depth >= GreatestDepth)
        {
            return;
        }

        if (field.IsMap)
        {
            var map = (IDictionary)field.Accessor.GetValue(message);
            var value = field.MessageType.FindFieldByNumber(2);
            for (var i = _random.Next(4); i > 0; i--)
            {
                map[Pick(s_texts) + i] = Value(value, depth);
            }
        }
        else if (field.IsRepeated)
        {
            var list = (IList)field.Accessor.GetValue(message);
            for (var i = _random.Next(3); i > 0; i--)
            {
                list.Add(Value(field, depth));
            }
        }
        else
        {
            field.Accessor.SetValue(message, Value(field, depth));
        }
    }

    private object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.String => Pick(s_texts),
        FieldType.Bool => _random.Next(2) == 0,
        FieldType.Int32 => Pick([0, 1, -1, int.MaxValue, int.MinValue]),
        FieldType.Int64 => Pick([0L, 1, -1, long.MaxValue, long.MinValue]),
        FieldType.Bytes => ByteString.CopyFrom([1, 2, (byte)_random.Next(256)]),
        _ => Message(field.MessageType, depth + 1),
    };

    private DateTimeOffset Moment() => DateTimeOffset.UnixEpoch.AddTicks(_random.NextInt64(0, 4_000_000_000L * TimeSpan.TicksPerSecond));

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
