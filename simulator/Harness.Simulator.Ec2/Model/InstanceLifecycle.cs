using Harness.Simulator.Ec2.Operations.NetworkInterfaces;

namespace Harness.Simulator.Ec2.Model;

/// <summary>
/// How an instance goes from pending to terminated: by calls, by the clock, and by what its machine reports. The one place that changes
/// <see cref="Instance.State"/>. Pure, within a <see cref="Transaction"/>.
/// </summary>
internal static class InstanceLifecycle
{
    /// <summary>The state that follows; throws on what cannot be.</summary>
    public static InstanceState Next(InstanceState state, InstanceTransition transition) => (state, transition) switch
    {
        (InstanceState.Pending, InstanceTransition.HostStarted) => InstanceState.Running,
        (InstanceState.Pending, InstanceTransition.FirstBootFailed) => InstanceState.Terminated,
        (InstanceState.Pending, InstanceTransition.LaterBootFailed) => InstanceState.Stopped,
        (InstanceState.Running, InstanceTransition.StopAsked) => InstanceState.Stopping,
        (InstanceState.Stopping, InstanceTransition.StopDone) => InstanceState.Stopped,
        (InstanceState.Stopped, InstanceTransition.StartAsked) => InstanceState.Pending,
        (not (InstanceState.ShuttingDown or InstanceState.Terminated), InstanceTransition.TerminateAsked) => InstanceState.ShuttingDown,
        (InstanceState.ShuttingDown, InstanceTransition.TerminateDone) => InstanceState.Terminated,
        _ => throw new InvalidOperationException($"An instance that is {state} has no transition {transition}."),
    };

    /// <summary>Begins the boot of a pending instance.</summary>
    public static void BeginBoot(Transaction transaction, Instance instance)
    {
        var delay = transaction.Options.BootDelayOf(instance.InstanceType);
        if (delay > TimeSpan.Zero)
        {
            transaction.Put(instance with { Due = transaction.Now + delay });
            return;
        }

        StartHost(transaction, instance);
    }

    public static void Start(Transaction transaction, Instance instance) => BeginBoot(transaction, instance with
    {
        State = Next(instance.State, InstanceTransition.StartAsked),
        StateReason = null,
        StateTransitionReason = "",
        LaunchTime = transaction.Now,
        Boot = instance.Boot + 1,
    });

    public static void Stop(Transaction transaction, Instance instance, StateReason reason) =>
        GoDown(transaction, instance, InstanceTransition.StopAsked, reason);

    public static void Terminate(Transaction transaction, Instance instance, StateReason reason) =>
        GoDown(transaction, instance, InstanceTransition.TerminateAsked, reason);

    /// <summary>The instance's <see cref="Instance.Due"/> has come.</summary>
    public static void OnDue(Transaction transaction, Instance instance)
    {
        var due = instance with { Due = null };
        switch (instance.State)
        {
            case InstanceState.Pending:
                StartHost(transaction, due);
                break;
            case InstanceState.Stopping or InstanceState.ShuttingDown:
                FinishGoingDown(transaction, due);
                break;
            case InstanceState.Terminated:
                Forget(transaction, instance);
                break;
            default:
                throw new InvalidOperationException($"Instance {instance.InstanceId} is {instance.State} and has nothing due.");
        }
    }

    /// <summary>The machine reports; a report of an older boot, or one that came too late to matter, changes nothing.</summary>
    public static void OnReport(Transaction transaction, Instance instance, HostReportKind report)
    {
        switch (report)
        {
            case HostReportKind.Started when instance is { State: InstanceState.Pending, Host: HostPhase.Starting }:
                transaction.Put(instance with { State = Next(instance.State, InstanceTransition.HostStarted), Host = HostPhase.Up });
                break;
            case HostReportKind.Failed when instance is { State: InstanceState.Pending, Host: HostPhase.Starting }:
                FailBoot(transaction, instance);
                break;
            case HostReportKind.Failed when instance.State == InstanceState.Running:
                Terminate(transaction, instance with { Host = HostPhase.None }, StateReason.HostLost);
                break;
            case HostReportKind.Stopped when instance.Host == HostPhase.Stopping:
                FinishGoingDown(transaction, instance with { Host = HostPhase.None });
                break;
            case HostReportKind.ShutDownFromInside when instance is { State: InstanceState.Running, TerminatesOnShutdown: true }:
                Terminate(transaction, instance, StateReason.GuestShutdown);
                break;
            case HostReportKind.ShutDownFromInside when instance is { State: InstanceState.Running }:
                Stop(transaction, instance, StateReason.GuestShutdown);
                break;
            default:
                break;
        }
    }

    private static void StartHost(Transaction transaction, Instance instance)
    {
        transaction.Put(instance with { Host = HostPhase.Starting });
        transaction.Add(new Effect.StartHost(instance.InstanceId, instance.Boot));
    }

    private static void FailBoot(Transaction transaction, Instance instance)
    {
        var transition = instance.Boot == 1 ? InstanceTransition.FirstBootFailed : InstanceTransition.LaterBootFailed;
        var failed = instance with
        {
            State = Next(instance.State, transition),
            Host = HostPhase.None,
            StateReason = StateReason.LaunchFailed,
            StateTransitionReason = StateReason.LaunchFailed.TransitionReason(transaction.Now),
        };
        Settle(transaction, failed);
    }

    private static void GoDown(Transaction transaction, Instance instance, InstanceTransition transition, StateReason reason)
    {
        var down = instance with
        {
            State = Next(instance.State, transition),
            StateReason = reason,
            StateTransitionReason = reason.TransitionReason(transaction.Now),
            Due = transaction.Options.ShutdownDelay > TimeSpan.Zero ? transaction.Now + transaction.Options.ShutdownDelay : null,
        };
        if (instance.Host is HostPhase.Starting or HostPhase.Up)
        {
            down = down with { Host = HostPhase.Stopping };
            transaction.Add(new Effect.StopHost(down.InstanceId, down.Boot));
        }

        FinishGoingDown(transaction, down);
    }

    /// <summary>Stopped or terminated once the delay is over and the machine is gone.</summary>
    private static void FinishGoingDown(Transaction transaction, Instance instance)
    {
        if (instance.Due is not null || instance.Host != HostPhase.None)
        {
            transaction.Put(instance);
            return;
        }

        var transition = instance.State == InstanceState.Stopping ? InstanceTransition.StopDone : InstanceTransition.TerminateDone;
        Settle(transaction, instance with { State = Next(instance.State, transition) });
    }

    /// <summary>A terminated instance loses its interfaces and addresses, and is forgotten later; a stopped one keeps all.</summary>
    private static void Settle(Transaction transaction, Instance instance)
    {
        if (instance.State != InstanceState.Terminated)
        {
            transaction.Put(instance);
            return;
        }

        EniAttachments.ReleaseAll(transaction, instance);
        transaction.Put(instance with
        {
            NetworkInterfaceIds = [],
            Profile = null,
            Due = transaction.Now + transaction.Options.TerminatedRetention,
        });
        transaction.SetTags(instance.RootVolume.VolumeId, transaction.State.TagsOf(instance.RootVolume.VolumeId).Clear());
    }

    private static void Forget(Transaction transaction, Instance instance)
    {
        transaction.Remove(instance);
        if (instance.TokenKey is { } key)
        {
            transaction.ForgetLater(AlarmKind.LaunchToken, key);
        }
    }
}
