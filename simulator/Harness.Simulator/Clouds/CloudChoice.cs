namespace Harness.Simulator.Clouds;

/// <summary>Which EC2 a simulator's instances come from: the argument of <c>--ec2</c> with what belongs to it. A value.</summary>
public abstract record CloudChoice
{
    private CloudChoice()
    {
    }

    /// <summary>The emulated EC2 inside the simulator.</summary>
    public sealed record Embedded : CloudChoice;

    /// <summary>Any EC2 that answers at a URL, with S3 and STS beside it.</summary>
    /// <param name="Access">Where, and in whose name.</param>
    /// <param name="Cidr">The addresses of the VPC that is made there; null: the simulator's block.</param>
    public sealed record Endpoint(CloudAccess Access, string? Cidr = null) : CloudChoice;

    /// <summary>LocalStack, in a container that the simulator starts and ends.</summary>
    /// <param name="Region">The region that is used.</param>
    /// <param name="Variable">The caller's environment: LOCALSTACK_IMAGE, LOCALSTACK_AUTH_TOKEN, and what the docker command needs.</param>
    /// <param name="Cidr">The addresses of the VPC that is made there; null: the simulator's block.</param>
    public sealed record LocalStack(string Region, Func<string, string?> Variable, string? Cidr = null) : CloudChoice;
}
