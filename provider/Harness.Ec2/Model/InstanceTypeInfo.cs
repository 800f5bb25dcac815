using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>What an instance type offers.</summary>
public sealed class InstanceTypeInfo
{
    public string InstanceType { get; set; } = "";
    public bool? CurrentGeneration { get; set; }
    public bool? BareMetal { get; set; }
    public string? Hypervisor { get; set; }
    public bool? DedicatedHostsSupported { get; set; }
    public bool? InstanceStorageSupported { get; set; }
    public List<string> SupportedUsageClasses { get; set; } = [];
    public List<string> SupportedRootDeviceTypes { get; set; } = [];
    public List<string> SupportedVirtualizationTypes { get; set; } = [];
    public ProcessorInfo? ProcessorInfo { get; set; }
    public VCpuInfo? VCpuInfo { get; set; }
    public MemoryInfo? MemoryInfo { get; set; }
    public NetworkInfo? NetworkInfo { get; set; }

    internal static InstanceTypeInfo Read(Ec2XmlReader xml)
    {
        var result = new InstanceTypeInfo();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "instanceType": result.InstanceType = xml.String(); break;
                case "currentGeneration": result.CurrentGeneration = xml.Boolean(); break;
                case "bareMetal": result.BareMetal = xml.Boolean(); break;
                case "hypervisor": result.Hypervisor = xml.String(); break;
                case "dedicatedHostsSupported": result.DedicatedHostsSupported = xml.Boolean(); break;
                case "instanceStorageSupported": result.InstanceStorageSupported = xml.Boolean(); break;
                case "supportedUsageClasses": result.SupportedUsageClasses = xml.List(static item => item.String()); break;
                case "supportedRootDeviceTypes": result.SupportedRootDeviceTypes = xml.List(static item => item.String()); break;
                case "supportedVirtualizationTypes": result.SupportedVirtualizationTypes = xml.List(static item => item.String()); break;
                case "processorInfo": result.ProcessorInfo = ProcessorInfo.Read(xml); break;
                case "vCpuInfo": result.VCpuInfo = VCpuInfo.Read(xml); break;
                case "memoryInfo": result.MemoryInfo = MemoryInfo.Read(xml); break;
                case "networkInfo": result.NetworkInfo = NetworkInfo.Read(xml); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
