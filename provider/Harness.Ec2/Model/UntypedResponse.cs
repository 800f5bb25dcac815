using System.Xml.Linq;
using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to an <see cref="UntypedRequest"/>, as EC2 wrote it but for the namespace.</summary>
public sealed class UntypedResponse : AmazonEC2Response
{
    public XElement Document { get; private init; } = new("none");

    internal static UntypedResponse Read(Ec2XmlReader xml) => new() { Document = xml.Tree() };
}
