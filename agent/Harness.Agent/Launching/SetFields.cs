using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Harness.Agent.Launching;

/// <summary>Which fields of a message say something: false, "", 0 and empty messages and lists do not.</summary>
internal static class SetFields
{
    public static IEnumerable<string> Of(IMessage message) =>
        message.Descriptor.Fields.InFieldNumberOrder().Where(field => IsSet(field, message)).Select(field => field.Name);

    private static bool IsSet(FieldDescriptor field, IMessage message) => field.Accessor.GetValue(message) switch
    {
        null => false,
        ICollection collection => collection.Count > 0,
        IMessage child => child.CalculateSize() > 0,
        bool flag => flag,
        string text => text.Length > 0,
        ByteString bytes => bytes.Length > 0,
        var number => Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture) != 0,
    };
}
