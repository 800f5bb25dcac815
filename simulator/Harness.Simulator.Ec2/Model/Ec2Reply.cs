using System.Collections.Immutable;
using System.Net;
using System.Xml.Linq;

namespace Harness.Simulator.Ec2.Model;

/// <summary>The answer to one call.</summary>
/// <param name="Status">Status of the HTTP response.</param>
/// <param name="Code">`OK` or the error code.</param>
/// <param name="Document">The XML document.</param>
/// <param name="InstanceIds">The instances that the call changed or named.</param>
internal sealed record Ec2Reply(HttpStatusCode Status, string Code, XElement Document, ImmutableArray<string> InstanceIds);
