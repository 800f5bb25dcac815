using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to DeleteNetworkInterface: it was done.</summary>
public sealed class DeleteNetworkInterfaceResponse : AmazonEC2Response
{
    internal static DeleteNetworkInterfaceResponse Read(Ec2XmlReader xml)
    {
        xml.Skip();
        return new DeleteNetworkInterfaceResponse();
    }
}
