using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The state of an instance: a code (low byte) and its name (<see cref="InstanceStateName"/>).</summary>
public sealed class InstanceState
{
    public int? Code { get; set; }
    public string Name { get; set; } = "";

    internal static InstanceState Read(Ec2XmlReader xml)
    {
        var result = new InstanceState();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "code": result.Code = xml.Int32(); break;
                case "name": result.Name = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
