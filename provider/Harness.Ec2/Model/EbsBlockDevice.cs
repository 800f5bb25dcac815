using Harness.Ec2.Query;
using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>An EBS volume to attach at launch, or that an image names.</summary>
public sealed class EbsBlockDevice : IQueryStructure
{
    public string? SnapshotId { get; set; }
    public int? VolumeSize { get; set; }
    public string? VolumeType { get; set; }
    public int? Iops { get; set; }
    public int? Throughput { get; set; }
    public bool? DeleteOnTermination { get; set; }
    public bool? Encrypted { get; set; }
    public string? KmsKeyId { get; set; }

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.SnapshotId", SnapshotId);
        query.Add($"{prefix}.VolumeSize", VolumeSize);
        query.Add($"{prefix}.VolumeType", VolumeType);
        query.Add($"{prefix}.Iops", Iops);
        query.Add($"{prefix}.Throughput", Throughput);
        query.Add($"{prefix}.DeleteOnTermination", DeleteOnTermination);
        query.Add($"{prefix}.Encrypted", Encrypted);
        query.Add($"{prefix}.KmsKeyId", KmsKeyId);
    }

    internal static EbsBlockDevice Read(Ec2XmlReader xml)
    {
        var result = new EbsBlockDevice();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "snapshotId": result.SnapshotId = xml.String(); break;
                case "volumeSize": result.VolumeSize = xml.Int32(); break;
                case "volumeType": result.VolumeType = xml.String(); break;
                case "iops": result.Iops = xml.Int32(); break;
                case "throughput": result.Throughput = xml.Int32(); break;
                case "deleteOnTermination": result.DeleteOnTermination = xml.Boolean(); break;
                case "encrypted": result.Encrypted = xml.Boolean(); break;
                case "kmsKeyId": result.KmsKeyId = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
