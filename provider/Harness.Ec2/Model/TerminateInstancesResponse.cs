using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to TerminateInstances.</summary>
public sealed class TerminateInstancesResponse : AmazonEC2Response
{
    public List<InstanceStateChange> TerminatingInstances { get; set; } = [];

    internal static TerminateInstancesResponse Read(Ec2XmlReader xml)
    {
        var result = new TerminateInstancesResponse();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "instancesSet": result.TerminatingInstances = xml.List(InstanceStateChange.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
