using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Harness.Simulator.Ec2.Front;

/// <summary>Writes a response document as UTF-8 with its declaration, indented as EC2 does.</summary>
internal static class XmlDocumentWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        IndentChars = "    ",
        NewLineChars = "\n",
    };

    public static byte[] Write(XElement document)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, Settings))
        {
            document.WriteTo(writer);
        }

        return buffer.ToArray();
    }
}
