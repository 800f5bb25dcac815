using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>How EC2 writes an instance's profile. Pure.</summary>
internal static class ProfileXml
{
    public static XElement Of(ProfileAssociation association) =>
        Element("iamInstanceProfile", Text("arn", association.Profile.Arn), Text("id", association.Profile.Id));
}
