using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>
/// An operation that this client has no types for: its name, and its parameters as EC2's Query protocol spells them
/// (<c>Filter.1.Name</c>). For set-up and tools, where an operation is called once and little of the answer is read.
/// </summary>
public sealed class UntypedRequest(string operation) : AmazonEC2Request
{
    public Dictionary<string, string> Parameters { get; } = [];

    internal override string Operation => operation;

    internal override void Write(QueryParameters query)
    {
        foreach (var (name, value) in Parameters)
        {
            query.Add(name, value);
        }
    }
}
