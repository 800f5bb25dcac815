using Harness.Ec2;
using Harness.Ec2.Model;
using Harness.Provider.Launching;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Limits;

/// <summary>Tells the gate, at the start, of the launches that earlier runs made (as far as EC2 still knows them).</summary>
internal sealed partial class LaunchHistory(IEc2 ec2, LaunchGate gate, ILogger<LaunchHistory> logger)
{
    public async Task ReadAsync(string clusterName, string nodeName, CancellationToken cancellationToken)
    {
        var request = new DescribeInstancesRequest
        {
            Filters = [new Filter($"tag:{WellKnown.ClusterNameTag}", clusterName), new Filter($"tag:{WellKnown.NodeNameTag}", nodeName)],
        };
        try
        {
            await foreach (var instance in ec2.ListInstancesAsync(request, cancellationToken))
            {
                if (instance.LaunchTime is { } launchedAt)
                {
                    gate.Remember(instance.TagValue(WellKnown.PodUidTag) + "/" + instance.InstanceId, launchedAt);
                }
            }
        }
        catch (Ec2Exception exception)
        {
            Log.Unknown(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Launches of earlier runs are not known and do not count towards the limits: {Detail}")]
        public static partial void Unknown(ILogger logger, string detail);
    }
}
