using System.Collections.Immutable;
using Harness.Ec2;
using Harness.Ec2.Model;
using Harness.Provider.Launching;
using Harness.Provider.Lifecycle;
using Harness.Provider.Limits;
using Harness.Provider.Metrics;

namespace Harness.Provider.Runtime;

/// <summary>
/// The effects on EC2: at most so many requests at a time, each mutation limited and written to the audit log. Thread-safe.
/// </summary>
internal sealed class InstanceEffects(
    IEc2 ec2, InstanceLauncher launcher, InstanceObserver observer, AuditLog audit, SemaphoreSlim requests, ProviderMetrics metrics)
{
    public async Task<PodEvent> RunAsync(PodWorker worker, PodEffect.RunInstance run, CancellationToken cancellationToken)
    {
        await requests.WaitAsync(cancellationToken);
        try
        {
            return await launcher.LaunchAsync(worker.Record.Demand!, run, cancellationToken);
        }
        finally
        {
            observer.Watch();
            requests.Release();
        }
    }

    public async Task<PodEvent> LookUpAsync(PodWorker worker, PodEffect.LookUpToken lookUp, CancellationToken cancellationToken)
    {
        await requests.WaitAsync(cancellationToken);
        try
        {
            var request = new DescribeInstancesRequest { Filters = [new Filter("client-token", ClientToken.For(worker.Uid, lookUp.Attempt))] };
            var found = ImmutableArray.CreateBuilder<InstanceFacts>();
            await foreach (var instance in ec2.ListInstancesAsync(request, cancellationToken))
            {
                found.Add(instance.ToFacts());
            }

            observer.Watch();
            return new PodEvent.TokenLookedUp(found.DrainToImmutable());
        }
        catch (Ec2Exception exception)
        {
            metrics.DescribeEc2Errors.Add(1);
            return new PodEvent.TokenNotLookedUp(exception.Message);
        }
        finally
        {
            requests.Release();
        }
    }

    public async Task<PodEvent> TerminateAsync(PodWorker worker, PodEffect.TerminateInstance terminate, CancellationToken cancellationToken)
    {
        await requests.WaitAsync(cancellationToken);
        try
        {
            var answer = await ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [terminate.InstanceId] }, cancellationToken);
            audit.Write("TerminateInstances", terminate.InstanceId, worker.Record.Demand, terminate.Reason, "accepted");
            metrics.Ec2Terminated.Add(1);
            observer.Watch();
            var state = InstanceReader.ReadState(answer.TerminatingInstances.FirstOrDefault()?.CurrentState?.Name);
            return state is Lifecycle.InstanceState.ShuttingDown or Lifecycle.InstanceState.Terminated
                ? new PodEvent.InstanceEnding(terminate.InstanceId)
                : new PodEvent.InstanceNotEnded(terminate.InstanceId, $"EC2 says that it is {state}", NotFound: false);
        }
        catch (Ec2Exception exception)
        {
            audit.Write("TerminateInstances", terminate.InstanceId, worker.Record.Demand, terminate.Reason, exception.ErrorCode ?? exception.Kind.ToString());
            metrics.Ec2TerminationErrors.Add(1);
            return new PodEvent.InstanceNotEnded(terminate.InstanceId, exception.Message, exception.ErrorCode == "InvalidInstanceID.NotFound");
        }
        finally
        {
            requests.Release();
        }
    }

    public void Observe(string instanceId) => observer.Ask(instanceId);
}
