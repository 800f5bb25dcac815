using System.Xml.Linq;
using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>EC2's names for instance states. Pure.</summary>
internal static class InstanceStateNames
{
    public static string Of(InstanceState state) => state switch
    {
        InstanceState.Pending => "pending",
        InstanceState.Running => "running",
        InstanceState.ShuttingDown => "shutting-down",
        InstanceState.Terminated => "terminated",
        InstanceState.Stopping => "stopping",
        InstanceState.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static XElement Element(string name, InstanceState state) =>
        Ec2Xml.Element(name, Ec2Xml.Number("code", (int)state), Ec2Xml.Text("name", Of(state)));
}
