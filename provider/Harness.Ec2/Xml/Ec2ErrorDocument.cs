using System.Xml;

namespace Harness.Ec2.Xml;

/// <summary>
/// What an EC2 error answer says: <c>Response/Errors/Error/{Code,Message}</c> and the request's id. A body that is something else
/// (a proxy's page, nothing at all) gives no code.
/// </summary>
internal sealed record Ec2ErrorDocument(string? Code, string? Message, string? RequestId)
{
    public static Ec2ErrorDocument Read(Stream stream)
    {
        string? code = null;
        string? message = null;
        try
        {
            using var xml = new Ec2XmlReader(stream);
            xml.Root();
            foreach (var name in xml.Children())
            {
                if (name == "Errors")
                {
                    (code, message) = ReadFirst(xml);
                }
                else
                {
                    xml.Skip();
                }
            }

            return new Ec2ErrorDocument(code, message, xml.RequestId);
        }
        catch (XmlException)
        {
            return new Ec2ErrorDocument(code, message, null);
        }
    }

    private static (string? Code, string? Message) ReadFirst(Ec2XmlReader xml)
    {
        var errors = new List<(string? Code, string? Message)>();
        foreach (var name in xml.Children())
        {
            if (name == "Error")
            {
                errors.Add(ReadError(xml));
            }
            else
            {
                xml.Skip();
            }
        }

        return errors.FirstOrDefault();
    }

    private static (string? Code, string? Message) ReadError(Ec2XmlReader xml)
    {
        string? code = null;
        string? message = null;
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "Code": code = xml.String(); break;
                case "Message": message = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return (code, message);
    }
}
