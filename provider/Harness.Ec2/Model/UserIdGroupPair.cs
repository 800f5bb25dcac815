using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A security group that another group's rule names.</summary>
public sealed class UserIdGroupPair
{
    public string? GroupId { get; set; }
    public string? GroupName { get; set; }
    public string? UserId { get; set; }
    public string? VpcId { get; set; }
    public string? Description { get; set; }

    internal static UserIdGroupPair Read(Ec2XmlReader xml)
    {
        var result = new UserIdGroupPair();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "groupId": result.GroupId = xml.String(); break;
                case "groupName": result.GroupName = xml.String(); break;
                case "userId": result.UserId = xml.String(); break;
                case "vpcId": result.VpcId = xml.String(); break;
                case "description": result.Description = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
