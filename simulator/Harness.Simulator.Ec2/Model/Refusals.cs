using System.Net;

namespace Harness.Simulator.Ec2.Model;

/// <summary>
/// EC2's error codes with its words for them (EC2 API reference, "Error codes"), where more than one operation uses them.
/// </summary>
internal static class Refusals
{
    public static Ec2Refusal InvalidAction(string action) =>
        new("InvalidAction", $"The action {action} is not valid for this web service.");

    public static Ec2Refusal MissingParameter(string name) =>
        new("MissingParameter", $"The request must contain the parameter {name}");

    public static Ec2Refusal UnknownParameter(string name) =>
        new("UnknownParameter", $"The parameter {name} is not recognized");

    public static Ec2Refusal InvalidParameterValue(string message) => new("InvalidParameterValue", message);

    public static Ec2Refusal InvalidParameterCombination(string message) => new("InvalidParameterCombination", message);

    public static Ec2Refusal DryRun() =>
        new("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", HttpStatusCode.PreconditionFailed);

    public static Ec2Refusal ParameterMismatch() => new(
        "IdempotentParameterMismatch", "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");

    public static Ec2Refusal InstancesNotFound(IReadOnlyList<string> ids) => new(
        "InvalidInstanceID.NotFound",
        ids.Count == 1 ? $"The instance ID '{ids[0]}' does not exist" : $"The instance IDs '{string.Join(", ", ids)}' do not exist");

    public static Ec2Refusal SubnetNotFound(string id) => new("InvalidSubnetID.NotFound", $"The subnet ID '{id}' does not exist");

    public static Ec2Refusal VpcNotFound(string id) => new("InvalidVpcID.NotFound", $"The vpc ID '{id}' does not exist");

    public static Ec2Refusal GroupNotFound(string id) => new("InvalidGroup.NotFound", $"The security group '{id}' does not exist");

    public static Ec2Refusal InterfaceNotFound(string id) =>
        new("InvalidNetworkInterfaceID.NotFound", $"The networkInterface ID '{id}' does not exist");

    public static Ec2Refusal InterfaceInUse(string id) =>
        new("InvalidNetworkInterface.InUse", $"Network interface '{id}' is currently in use.");

    public static Ec2Refusal ImageNotFound(string id) => new("InvalidAMIID.NotFound", $"The image id '[{id}]' does not exist");

    public static Ec2Refusal KeyPairNotFound(string name) => new("InvalidKeyPair.NotFound", $"The key pair '{name}' does not exist");

    public static Ec2Refusal IncorrectInstanceState(string id, string verb) => new(
        "IncorrectInstanceState", $"The instance '{id}' is not in a state from which it can be {verb}.");

    public static Ec2Refusal Malformed(string code, string id, string prefix) =>
        new(code, $"Invalid id: \"{id}\" (expecting \"{prefix}-...\")");
}
