using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to DescribeInstances.</summary>
public sealed class DescribeInstancesResponse : AmazonEC2Response
{
    public List<Reservation> Reservations { get; set; } = [];
    public string? NextToken { get; set; }

    internal static DescribeInstancesResponse Read(Ec2XmlReader xml)
    {
        var result = new DescribeInstancesResponse();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "reservationSet": result.Reservations = xml.List(Reservation.Read); break;
                case "nextToken": result.NextToken = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
