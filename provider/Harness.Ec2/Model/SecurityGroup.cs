using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A security group.</summary>
public sealed class SecurityGroup
{
    public string GroupId { get; set; } = "";
    public string? GroupName { get; set; }
    public string? Description { get; set; }
    public string? OwnerId { get; set; }
    public string? VpcId { get; set; }
    public List<IpPermission> IpPermissions { get; set; } = [];
    public List<IpPermission> IpPermissionsEgress { get; set; } = [];
    public List<Tag> Tags { get; set; } = [];

    internal static SecurityGroup Read(Ec2XmlReader xml)
    {
        var result = new SecurityGroup();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "groupId": result.GroupId = xml.String(); break;
                case "groupName": result.GroupName = xml.String(); break;
                case "groupDescription": result.Description = xml.String(); break;
                case "ownerId": result.OwnerId = xml.String(); break;
                case "vpcId": result.VpcId = xml.String(); break;
                case "ipPermissions": result.IpPermissions = xml.List(IpPermission.Read); break;
                case "ipPermissionsEgress": result.IpPermissionsEgress = xml.List(IpPermission.Read); break;
                case "tagSet": result.Tags = xml.List(Tag.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
