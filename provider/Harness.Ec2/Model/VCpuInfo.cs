using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The virtual CPUs of an instance type.</summary>
public sealed class VCpuInfo
{
    public int? DefaultVCpus { get; set; }
    public int? DefaultCores { get; set; }
    public int? DefaultThreadsPerCore { get; set; }

    internal static VCpuInfo Read(Ec2XmlReader xml)
    {
        var result = new VCpuInfo();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "defaultVCpus": result.DefaultVCpus = xml.Int32(); break;
                case "defaultCores": result.DefaultCores = xml.Int32(); break;
                case "defaultThreadsPerCore": result.DefaultThreadsPerCore = xml.Int32(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
