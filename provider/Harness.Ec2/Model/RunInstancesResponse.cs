using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to RunInstances.</summary>
public sealed class RunInstancesResponse : AmazonEC2Response
{
    public Reservation Reservation { get; set; } = new();

    internal static RunInstancesResponse Read(Ec2XmlReader xml) => new() { Reservation = Reservation.Read(xml) };
}
