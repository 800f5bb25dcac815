using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Harness.Ec2.Xml;

/// <summary>
/// Walks an EC2 answer element by element, in one pass. Each call reads the element it stands on and moves behind it; who walks
/// <see cref="Children"/> reads or skips each child before asking for the next. Not thread-safe.
/// </summary>
internal sealed class Ec2XmlReader : IDisposable
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        XmlResolver = null,
    };

    private readonly XmlReader _reader;

    public Ec2XmlReader(Stream stream)
    {
        _reader = XmlReader.Create(stream, Settings);
    }

    /// <summary>What the answer's <c>requestId</c> (or an error's <c>RequestID</c>) said, once the walk came across it.</summary>
    public string? RequestId { get; private set; }

    /// <summary>Moves to the document's root element; an <see cref="XmlException"/> when there is none.</summary>
    public string Root()
    {
        _reader.MoveToContent();
        return _reader.LocalName;
    }

    public IEnumerable<string> Children()
    {
        if (_reader.IsEmptyElement)
        {
            _reader.Read();
            yield break;
        }

        var depth = _reader.Depth;
        _reader.Read();
        while (_reader.Depth > depth)
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                yield return _reader.LocalName;
            }
            else
            {
                _reader.Read();
            }
        }

        _reader.Read();
    }

    /// <summary>The element it stands on as a tree, without namespaces.</summary>
    public XElement Tree()
    {
        var tree = WithoutNamespaces((XElement)XNode.ReadFrom(_reader));
        RequestId = (string?)tree.Element("requestId") ?? RequestId;
        return tree;
    }

    public List<T> List<T>(Func<Ec2XmlReader, T> readItem)
    {
        var items = new List<T>();
        foreach (var name in Children())
        {
            if (name == "item")
            {
                items.Add(readItem(this));
            }
            else
            {
                Skip();
            }
        }

        return items;
    }

    public string String() => _reader.ReadElementContentAsString();

    public int Int32() => XmlConvert.ToInt32(String());

    public long Int64() => XmlConvert.ToInt64(String());

    public double Double() => XmlConvert.ToDouble(String());

    /// <summary>True or false; moto, and LocalStack with it, write them with a capital letter.</summary>
    public bool Boolean() => ToBoolean(String());

    public DateTimeOffset Time() => DateTimeOffset.Parse(String(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The text of the child <c>value</c>, in which DescribeInstanceAttribute wraps each attribute.</summary>
    public string? AttributeValue()
    {
        string? value = null;
        foreach (var name in Children())
        {
            if (name == "value")
            {
                value = String();
            }
            else
            {
                Skip();
            }
        }

        return value;
    }

    public bool? AttributeBoolean() => AttributeValue() is { } value ? ToBoolean(value) : null;

    /// <summary>Passes over an element that is not asked for; the request's id is kept on the way.</summary>
    public void Skip()
    {
        if (_reader.LocalName is "requestId" or "RequestID" or "RequestId")
        {
            RequestId = String();
        }
        else
        {
            _reader.Skip();
        }
    }

    public void Dispose() => _reader.Dispose();

    private static bool ToBoolean(string text) => bool.TryParse(text, out var value) ? value : XmlConvert.ToBoolean(text);

    private static XElement WithoutNamespaces(XElement element) =>
        element.HasElements ? new XElement(element.Name.LocalName, element.Elements().Select(WithoutNamespaces)) : new XElement(element.Name.LocalName, element.Value);
}
