using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The instances of one RunInstances call.</summary>
public sealed class Reservation
{
    public string ReservationId { get; set; } = "";
    public string? OwnerId { get; set; }
    public string? RequesterId { get; set; }
    public List<GroupIdentifier> Groups { get; set; } = [];
    public List<Instance> Instances { get; set; } = [];

    internal static Reservation Read(Ec2XmlReader xml)
    {
        var result = new Reservation();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "reservationId": result.ReservationId = xml.String(); break;
                case "ownerId": result.OwnerId = xml.String(); break;
                case "requesterId": result.RequesterId = xml.String(); break;
                case "groupSet": result.Groups = xml.List(GroupIdentifier.Read); break;
                case "instancesSet": result.Instances = xml.List(Instance.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
