using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The processor of an instance type.</summary>
public sealed class ProcessorInfo
{
    public List<string> SupportedArchitectures { get; set; } = [];
    public double? SustainedClockSpeedInGhz { get; set; }

    internal static ProcessorInfo Read(Ec2XmlReader xml)
    {
        var result = new ProcessorInfo();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "supportedArchitectures": result.SupportedArchitectures = xml.List(static item => item.String()); break;
                case "sustainedClockSpeedInGhz": result.SustainedClockSpeedInGhz = xml.Double(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
