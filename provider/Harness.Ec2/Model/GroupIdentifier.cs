using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A security group, as instances and interfaces name it.</summary>
public sealed class GroupIdentifier
{
    public string GroupId { get; set; } = "";
    public string? GroupName { get; set; }

    internal static GroupIdentifier Read(Ec2XmlReader xml)
    {
        var result = new GroupIdentifier();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "groupId": result.GroupId = xml.String(); break;
                case "groupName": result.GroupName = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
