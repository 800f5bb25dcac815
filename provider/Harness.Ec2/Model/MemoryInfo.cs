using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The memory of an instance type.</summary>
public sealed class MemoryInfo
{
    public long? SizeInMiB { get; set; }

    internal static MemoryInfo Read(Ec2XmlReader xml)
    {
        var result = new MemoryInfo();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "sizeInMiB": result.SizeInMiB = xml.Int64(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
