using System.Net;
using System.Xml.Linq;
using Harness.Simulator.Ec2.Calls;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Front;

/// <summary>The one operation of STS that the system needs: who am I. Pure.</summary>
internal static class StsModel
{
    private static readonly XNamespace Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    public static Ec2Reply Answer(AwsCall call, SeedWorld world, string requestId)
    {
        if (call.Refusal is { } refusal)
        {
            return Failure(refusal, requestId);
        }

        return call.Action == "GetCallerIdentity"
            ? new Ec2Reply(HttpStatusCode.OK, CallRecord.Ok, Identity(world.OwnerId, requestId), [])
            : Failure(new Ec2Refusal("InvalidAction", $"Could not find operation {call.Action} for version 2011-06-15"), requestId);
    }

    private static XElement Identity(string account, string requestId) => new(
        Namespace + "GetCallerIdentityResponse",
        new XElement(
            Namespace + "GetCallerIdentityResult",
            new XElement(Namespace + "Arn", $"arn:aws:iam::{account}:user/harness"),
            new XElement(Namespace + "UserId", "AIDA0A00000000000001"),
            new XElement(Namespace + "Account", account)),
        new XElement(Namespace + "ResponseMetadata", new XElement(Namespace + "RequestId", requestId)));

    private static Ec2Reply Failure(Ec2Refusal refusal, string requestId) => new(
        refusal.Status, refusal.Code,
        new XElement(
            Namespace + "ErrorResponse",
            new XElement(
                Namespace + "Error",
                new XElement(Namespace + "Type", "Sender"),
                new XElement(Namespace + "Code", refusal.Code),
                new XElement(Namespace + "Message", refusal.Message)),
            new XElement(Namespace + "RequestId", requestId)),
        []);
}
