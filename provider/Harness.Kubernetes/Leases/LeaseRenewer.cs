using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Queues;
using Harness.Kubernetes.Resources;
using Microsoft.Extensions.Logging;

namespace Harness.Kubernetes.Leases;

/// <summary>
/// Holds a lease: creates it where it is missing, renews it in time, and tries again soon after a failure. <see cref="RunAsync"/> is
/// called once; <see cref="LastRenewed"/> may be read from anywhere.
/// </summary>
public sealed partial class LeaseRenewer(IKubernetes kubernetes, LeaseOptions options, TimeProvider clock, Random random, ILogger logger)
{
    private static readonly BackoffPolicy Retry = new() { Initial = TimeSpan.FromMilliseconds(200), Max = TimeSpan.FromSeconds(7) };

    private Lease? _lease;
    private long _lastRenewedTicks;

    /// <summary>Null before the first success.</summary>
    public DateTimeOffset? LastRenewed => Interlocked.Read(ref _lastRenewedTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        try
        {
            while (true)
            {
                failures = await TryRenewAsync(failures, cancellationToken);
                var delay = failures == 0 ? options.RenewInterval : Retry.Delay(failures, random);
                await Task.Delay(delay, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Renews the lease once, or creates it.</summary>
    /// <exception cref="KubernetesApiException">It could be neither renewed nor created.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            _lease ??= await kubernetes.FindAsync(KubernetesResources.Leases, options.Namespace, options.Name, cancellationToken);
            _lease = _lease is null
                ? await kubernetes.CreateAsync(KubernetesResources.Leases, Make(), null, cancellationToken)
                : await kubernetes.UpdateAsync(KubernetesResources.Leases, Renewed(_lease), null, cancellationToken);
        }
        catch (KubernetesApiException)
        {
            // Whatever it was (a conflict, a deletion), the next attempt starts from what the server has.
            _lease = null;
            throw;
        }

        Interlocked.Exchange(ref _lastRenewedTicks, clock.GetUtcNow().UtcTicks);
    }

    private async Task<int> TryRenewAsync(int failures, CancellationToken cancellationToken)
    {
        try
        {
            await RenewAsync(cancellationToken);
            return 0;
        }
        catch (KubernetesApiException exception)
        {
            Log.RenewFailed(logger, exception, options.Namespace, options.Name, failures + 1);
            return failures + 1;
        }
    }

    private Lease Make()
    {
        var now = MicroTime.Of(clock.GetUtcNow());
        var lease = new Lease
        {
            Metadata = new ObjectMeta { Namespace = options.Namespace, Name = options.Name },
            Spec = new LeaseSpec
            {
                HolderIdentity = options.HolderIdentity,
                LeaseDurationSeconds = (int)options.Duration.TotalSeconds,
                AcquireTime = now,
                RenewTime = now,
            },
        };
        AddOwner(lease);
        return lease;
    }

    private Lease Renewed(Lease current)
    {
        var lease = current.Clone();
        var now = MicroTime.Of(clock.GetUtcNow());
        lease.Spec ??= new LeaseSpec();
        if (lease.Spec.HolderIdentity != options.HolderIdentity)
        {
            lease.Spec.AcquireTime = now;
            lease.Spec.LeaseTransitions++;
        }

        lease.Spec.HolderIdentity = options.HolderIdentity;
        lease.Spec.LeaseDurationSeconds = (int)options.Duration.TotalSeconds;
        lease.Spec.RenewTime = now;
        AddOwner(lease);
        return lease;
    }

    private void AddOwner(Lease lease)
    {
        if (options.Owner() is { } owner && lease.Metadata.OwnerReferences.Count == 0)
        {
            lease.Metadata.OwnerReferences.Add(owner);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Lease {Namespace}/{Name} could not be renewed, {Failures} time(s) in a row")]
        public static partial void RenewFailed(ILogger logger, Exception exception, string @namespace, string name, int failures);
    }
}
