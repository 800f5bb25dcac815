using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>How the instance metadata service of an instance answers.</summary>
public sealed class InstanceMetadataOptionsResponse
{
    public string? State { get; set; }
    public string? HttpTokens { get; set; }
    public int? HttpPutResponseHopLimit { get; set; }
    public string? HttpEndpoint { get; set; }
    public string? InstanceMetadataTags { get; set; }

    internal static InstanceMetadataOptionsResponse Read(Ec2XmlReader xml)
    {
        var result = new InstanceMetadataOptionsResponse();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "state": result.State = xml.String(); break;
                case "httpTokens": result.HttpTokens = xml.String(); break;
                case "httpPutResponseHopLimit": result.HttpPutResponseHopLimit = xml.Int32(); break;
                case "httpEndpoint": result.HttpEndpoint = xml.String(); break;
                case "instanceMetadataTags": result.InstanceMetadataTags = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
