using Amazon.Runtime.Internal;

namespace Harness.Ec2.Pipeline;

/// <summary>Names the service to the SDK (endpoint variables, metrics). Immutable.</summary>
internal sealed class Ec2ServiceMetadata : IServiceMetadata
{
    public const string Id = "EC2";

    public string ServiceId => Id;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
