using System.Collections.Frozen;
using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Operations.Instances;
using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Operations;

/// <summary>What one action does: changes the transaction and gives the content of its response document.</summary>
internal delegate IEnumerable<XElement?> Operation(Transaction transaction, QueryParameters parameters);

/// <summary>Every action that is there, by name. Each reads all parameters that it honours; the model refuses the others by name.</summary>
internal static class OperationTable
{
    private static readonly FrozenDictionary<string, Operation> Operations = new Dictionary<string, Operation>(StringComparer.Ordinal)
    {
        ["RunInstances"] = RunInstances.Run,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Operations.Keys.Order(StringComparer.Ordinal);

    public static Operation? Find(string action) => Operations.GetValueOrDefault(action);
}
