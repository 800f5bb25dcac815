using System.Globalization;
using System.Xml.Linq;

namespace Harness.Simulator.Ec2.Query;

/// <summary>Elements of EC2's response documents: its namespace, and how it writes values.</summary>
internal static class Ec2Xml
{
    public static readonly XNamespace Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

    /// <summary>An element with other elements in it.</summary>
    public static XElement Element(string name, params IEnumerable<object?> content) => new(Namespace + name, content);

    public static XElement Text(string name, string text) => new(Namespace + name, text);

    /// <summary>The element, or null (which adds nothing) when there is no text.</summary>
    public static XElement? OptionalText(string name, string? text) => text is null ? null : Text(name, text);

    public static XElement Number(string name, long number) => Text(name, number.ToString(CultureInfo.InvariantCulture));

    public static XElement Flag(string name, bool flag) => Text(name, flag ? "true" : "false");

    /// <summary>Milliseconds and a Z, as EC2 writes times.</summary>
    public static XElement Time(string name, DateTimeOffset time) =>
        Text(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    /// <summary>A list: one item element for each value.</summary>
    public static XElement Set<T>(string name, IEnumerable<T> values, Func<T, IEnumerable<object?>> item) =>
        Element(name, values.Select(value => Element("item", item(value))));

    /// <summary>A list of plain texts.</summary>
    public static XElement TextSet(string name, params IEnumerable<string> values) =>
        Element(name, values.Select(value => Text("item", value)));

    public static XElement TagSet(IEnumerable<KeyValuePair<string, string>> tags) =>
        Set("tagSet", tags, tag => [Text("key", tag.Key), Text("value", tag.Value)]);
}
