using System.Xml.Linq;
using Harness.Ec2;
using Harness.Ec2.Model;

namespace Harness.Simulator.Clouds.Foreign;

/// <summary>
/// The operations of EC2 that set up, find and remove what instances are launched into; everything made carries the owner's tag. They
/// are called seldom and little of their answers is read, so they have no types. Thread-safe.
/// </summary>
internal sealed class SetupCalls(AmazonEC2Client ec2, string owner)
{
    /// <summary>The key of the tag by which a simulator finds what it made.</summary>
    public const string OwnerTag = "harness-simulator";

    /// <summary>Creates a resource with the owner's tag and returns the text at the path in the answer: its id.</summary>
    public async Task<string> CreateAsync(
        string operation, string resourceType, string idPath, CancellationToken cancellationToken, params (string Name, string Value)[] parameters)
    {
        var answer = await CallAsync(
            operation,
            cancellationToken,
            [
                .. parameters,
                ("TagSpecification.1.ResourceType", resourceType),
                ("TagSpecification.1.Tag.1.Key", OwnerTag), ("TagSpecification.1.Tag.1.Value", owner),
                ("TagSpecification.1.Tag.2.Key", "Name"), ("TagSpecification.1.Tag.2.Value", owner),
            ]);
        return idPath.Split('/').Aggregate((XElement?)answer, (element, name) => element?.Element(name))?.Value
            ?? throw new Ec2Exception(operation, $"{operation}: EC2's answer has no {idPath}.", Ec2ErrorKind.Unknown);
    }

    /// <summary>The ids of the resources that a Describe operation tells with one filter; <paramref name="setName"/> and <paramref name="idName"/> as in its answer.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(
        string operation, string setName, string idName, (string Name, string Value) filter, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(operation, cancellationToken, ("Filter.1.Name", filter.Name), ("Filter.1.Value.1", filter.Value));
        return [.. (answer.Element(setName)?.Elements("item") ?? []).Select(item => item.Element(idName)?.Value).OfType<string>()];
    }

    /// <summary>Removes a resource; one that is not there any more is no error.</summary>
    public async Task RemoveAsync(string operation, CancellationToken cancellationToken, params (string Name, string Value)[] parameters)
    {
        try
        {
            await CallAsync(operation, cancellationToken, parameters);
        }
        catch (Ec2Exception exception) when (exception.ErrorCode is { } code && (code.EndsWith("NotFound", StringComparison.Ordinal) || code.EndsWith("Unavailable", StringComparison.Ordinal)))
        {
            // Somebody was faster.
        }
    }

    public async Task<XElement> CallAsync(string operation, CancellationToken cancellationToken, params IEnumerable<(string Name, string Value)> parameters)
    {
        var request = new UntypedRequest(operation);
        foreach (var (name, value) in parameters)
        {
            request.Parameters.Add(name, value);
        }

        return (await ec2.CallAsync(request, cancellationToken)).Document;
    }
}
