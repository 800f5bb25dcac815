using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>
/// TerminateInstances, StopInstances, StartInstances and RebootInstances: for all named instances or, when one of them cannot, for none.
/// Asking for what is already so succeeds. Pure, within a <see cref="Transaction"/>.
/// </summary>
internal static class InstanceStateCalls
{
    public static IEnumerable<XElement?> Terminate(Transaction transaction, QueryParameters parameters)
    {
        var instances = InstanceLookup.ReadRequired(transaction, parameters);
        if (instances.FirstOrDefault(instance => instance.DisableApiTermination && IsAlive(instance)) is { } guarded)
        {
            throw new Ec2Refusal(
                "OperationNotPermitted",
                $"The instance '{guarded.InstanceId}' may not be terminated. "
                + "Modify its 'disableApiTermination' instance attribute and try again.");
        }

        foreach (var instance in instances.Where(IsAlive))
        {
            InstanceLifecycle.Terminate(transaction, instance, StateReason.UserShutdown);
        }

        return Changes(transaction, instances);
    }

    public static IEnumerable<XElement?> Stop(Transaction transaction, QueryParameters parameters)
    {
        parameters.Accept("Force");
        var instances = InstanceLookup.ReadRequired(transaction, parameters);
        foreach (var instance in instances)
        {
            switch (instance.State)
            {
                case InstanceState.Running:
                    InstanceLifecycle.Stop(transaction, instance, StateReason.UserShutdown);
                    break;
                case InstanceState.Stopping or InstanceState.Stopped:
                    break;
                default:
                    throw Refusals.IncorrectInstanceState(instance.InstanceId, "stopped");
            }
        }

        return Changes(transaction, instances);
    }

    public static IEnumerable<XElement?> Start(Transaction transaction, QueryParameters parameters)
    {
        var instances = InstanceLookup.ReadRequired(transaction, parameters);
        foreach (var instance in instances)
        {
            switch (instance.State)
            {
                case InstanceState.Stopped:
                    InstanceLifecycle.Start(transaction, instance);
                    break;
                case InstanceState.Pending or InstanceState.Running:
                    break;
                default:
                    throw Refusals.IncorrectInstanceState(instance.InstanceId, "started");
            }
        }

        return Changes(transaction, instances);
    }

    public static IEnumerable<XElement?> Reboot(Transaction transaction, QueryParameters parameters)
    {
        foreach (var instance in InstanceLookup.ReadRequired(transaction, parameters))
        {
            if (instance.State != InstanceState.Running)
            {
                throw Refusals.IncorrectInstanceState(instance.InstanceId, "rebooted");
            }

            transaction.Add(new Effect.RebootHost(instance.InstanceId, instance.Boot));
        }

        return [Flag("return", true)];
    }

    private static bool IsAlive(Instance instance) => instance.State is not (InstanceState.ShuttingDown or InstanceState.Terminated);

    /// <summary>
    /// Before and after. The state after is the one that the call led to: EC2 says shutting-down even when the instance has ended by the
    /// time the answer arrives.
    /// </summary>
    private static IEnumerable<XElement?> Changes(Transaction transaction, IReadOnlyList<Instance> before) =>
    [
        Set("instancesSet", before, instance =>
        [
            Text("instanceId", instance.InstanceId),
            InstanceStateNames.Element("currentState", transaction.State.Instances[instance.InstanceId].State),
            InstanceStateNames.Element("previousState", instance.State),
        ]),
    ];
}
