using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to CreateNetworkInterface.</summary>
public sealed class CreateNetworkInterfaceResponse : AmazonEC2Response
{
    public NetworkInterface? NetworkInterface { get; set; }
    public string? ClientToken { get; set; }

    internal static CreateNetworkInterfaceResponse Read(Ec2XmlReader xml)
    {
        var result = new CreateNetworkInterfaceResponse();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "networkInterface": result.NetworkInterface = NetworkInterface.Read(xml); break;
                case "clientToken": result.ClientToken = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
