using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>An instance's state before and after a request.</summary>
public sealed class InstanceStateChange
{
    public string InstanceId { get; set; } = "";
    public InstanceState? CurrentState { get; set; }
    public InstanceState? PreviousState { get; set; }

    internal static InstanceStateChange Read(Ec2XmlReader xml)
    {
        var result = new InstanceStateChange();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "instanceId": result.InstanceId = xml.String(); break;
                case "currentState": result.CurrentState = InstanceState.Read(xml); break;
                case "previousState": result.PreviousState = InstanceState.Read(xml); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
