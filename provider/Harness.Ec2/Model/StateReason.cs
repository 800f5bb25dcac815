using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>Why a resource is in its state.</summary>
public sealed class StateReason
{
    public string? Code { get; set; }
    public string? Message { get; set; }

    internal static StateReason Read(Ec2XmlReader xml)
    {
        var result = new StateReason();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "code": result.Code = xml.String(); break;
                case "message": result.Message = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
