using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>Finds the instances that a call names, or refuses in EC2's words: all or none. Pure.</summary>
internal static class InstanceLookup
{
    /// <summary>The instances of InstanceId.N; at least one must be named.</summary>
    public static IReadOnlyList<Instance> ReadRequired(Transaction transaction, QueryParameters parameters)
    {
        var instances = FindAll(transaction, parameters.List("InstanceId"));
        return instances.Count > 0 ? instances : throw Refusals.MissingParameter("InstanceId");
    }

    public static Instance Find(Transaction transaction, string instanceId) => FindAll(transaction, [instanceId])[0];

    public static IReadOnlyList<Instance> FindAll(Transaction transaction, IReadOnlyList<string> instanceIds)
    {
        var ids = instanceIds.Distinct(StringComparer.Ordinal).ToList();
        foreach (var id in ids)
        {
            ResourceIds.CheckInstance(id);
            transaction.Name(id);
        }

        var missing = ids.Where(id => !transaction.State.Instances.ContainsKey(id)).ToList();
        return missing.Count == 0 ? [.. ids.Select(id => transaction.State.Instances[id])] : throw Refusals.InstancesNotFound(missing);
    }
}
