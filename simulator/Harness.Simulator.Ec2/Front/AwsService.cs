namespace Harness.Simulator.Ec2.Front;

/// <summary>The services that share the endpoint.</summary>
internal enum AwsService
{
    Ec2,
    Sts,
}
