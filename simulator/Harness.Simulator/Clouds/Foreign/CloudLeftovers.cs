using Harness.Ec2;
using Harness.Simulator.Clouds.LocalStack;
using Harness.Simulator.Composition;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Clouds.Foreign;

/// <summary>Removes what a simulator that was killed left outside its folder: its container, and what it made in an EC2 that outlives it. Stateless.</summary>
internal static partial class CloudLeftovers
{
    /// <summary>An EC2 or a docker that does not answer any more is logged, not thrown: there may be nothing left to remove anything from.</summary>
    public static async Task RemoveAsync(RunRecord? record, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        if (record?.ContainerOwner is { } owner)
        {
            await RemoveContainerAsync(owner, time, logger, cancellationToken);
        }
        else if (record?.Cloud is { } cloud)
        {
            await RemoveResourcesAsync(cloud, time, logger, cancellationToken);
        }
    }

    /// <summary>What was made in it goes with it.</summary>
    private static async Task RemoveContainerAsync(string owner, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await LocalStackContainer.RemoveAllAsync(new DockerCommand(Environment.GetEnvironmentVariable, time), owner, cancellationToken);
        }
        catch (SimulatorStartException exception)
        {
            Log.ContainerNotRemoved(logger, owner, exception.Message);
        }
    }

    private static async Task RemoveResourcesAsync(CloudRecord record, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var access = CloudAccess.FromEnvironment(record.Endpoint, record.Region, Environment.GetEnvironmentVariable);
        using var ec2 = access.Connect();
        try
        {
            await new CloudSetup(ec2, new AgentBucket(access, record.Owner, time), record.Owner, time).RemoveAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is Ec2Exception or HttpRequestException)
        {
            Log.NotRemoved(logger, record.Owner, access, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The container of {Owner} could not be looked for: {Detail}")]
        public static partial void ContainerNotRemoved(ILogger logger, string owner, string detail);

        [LoggerMessage(Level = LogLevel.Warning, Message = "What {Owner} made in EC2 at {Access} could not be removed: {Detail}")]
        public static partial void NotRemoved(ILogger logger, string owner, CloudAccess access, string detail);
    }
}
