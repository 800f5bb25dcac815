using System.Collections.Immutable;

namespace Harness.Simulator.Clouds.Following;

/// <summary>
/// The machines of the instances of an EC2 that is followed by its lists alone, and what to do about them. Pure: an event, the moment,
/// the next state and the actions. A machine is on while its instance is pending or running; an address that EC2 gave to the next
/// instance is used only once the machine before is off. Immutable.
/// </summary>
internal sealed record FollowerState(ImmutableSortedDictionary<string, FollowedHost> Hosts)
{
    public static FollowerState Empty { get; } = new(ImmutableSortedDictionary.Create<string, FollowedHost>(StringComparer.Ordinal));

    /// <summary>What follows from an event.</summary>
    public (FollowerState State, ImmutableArray<FollowerAction> Actions) After(FollowerEvent happened, DateTimeOffset now, FollowerPolicy policy)
    {
        var actions = ImmutableArray.CreateBuilder<FollowerAction>();
        var hosts = Hosts.ToBuilder();
        switch (happened)
        {
            case FollowerEvent.Listed listed:
                TakeList(hosts, listed.Instances, now, policy, actions);
                break;
            case FollowerEvent.BootFailed failed when hosts.TryGetValue(failed.InstanceId, out var host) && host.Phase == FollowedPhase.On:
                hosts[host.InstanceId] = host with { Phase = FollowedPhase.Waiting, BootAt = now + FollowerPolicy.RetryPause };
                break;
            case FollowerEvent.Ended ended when hosts.TryGetValue(ended.InstanceId, out var host) && host.Phase == FollowedPhase.Ending:
                TakeEnd(hosts, host);
                break;
        }

        BootWhatIsDue(hosts, now, actions);
        return (new FollowerState(hosts.ToImmutable()), actions.ToImmutable());
    }

    private static void TakeList(
        ImmutableSortedDictionary<string, FollowedHost>.Builder hosts,
        ImmutableArray<SeenInstance> instances,
        DateTimeOffset now,
        FollowerPolicy policy,
        ImmutableArray<FollowerAction>.Builder actions)
    {
        foreach (var seen in instances)
        {
            var known = hosts.GetValueOrDefault(seen.InstanceId);
            if (seen is { Power: SeenPower.On, Address: { } address })
            {
                TakeOn(hosts, known, new FollowedHost(seen.InstanceId, address, FollowedPhase.Waiting, now + policy.BootDelay), actions);
            }
            else if (known is not null && seen.Power != SeenPower.On)
            {
                TakeOff(hosts, known with { Misses = 0 }, keepsDisk: seen.Power == SeenPower.Off, actions);
            }
        }

        var told = instances.Select(seen => seen.InstanceId).ToHashSet(StringComparer.Ordinal);
        foreach (var missed in hosts.Values.Where(host => !told.Contains(host.InstanceId)).ToList())
        {
            TakeMiss(hosts, missed with { Misses = missed.Misses + 1 }, actions);
        }
    }

    private static void TakeOn(
        ImmutableSortedDictionary<string, FollowedHost>.Builder hosts, FollowedHost? known, FollowedHost fresh, ImmutableArray<FollowerAction>.Builder actions)
    {
        switch (known?.Phase)
        {
            case null or FollowedPhase.Off:
                hosts[fresh.InstanceId] = fresh;
                break;
            case FollowedPhase.On when !known.Address.Equals(fresh.Address):
                TakeOff(hosts, known, keepsDisk: true, actions);
                break;
            case FollowedPhase.Waiting:
                hosts[fresh.InstanceId] = known with { Address = fresh.Address, Misses = 0 };
                break;
            default:
                hosts[fresh.InstanceId] = known with { Misses = 0 };
                break;
        }
    }

    private static void TakeOff(
        ImmutableSortedDictionary<string, FollowedHost>.Builder hosts, FollowedHost known, bool keepsDisk, ImmutableArray<FollowerAction>.Builder actions)
    {
        hosts[known.InstanceId] = known;
        switch (known.Phase)
        {
            case FollowedPhase.Off when keepsDisk:
                break;
            case FollowedPhase.Ending when keepsDisk || !known.KeepsDisk:
                break;
            default:
                hosts[known.InstanceId] = known with { Phase = FollowedPhase.Ending, KeepsDisk = keepsDisk };
                actions.Add(new FollowerAction.End(known.InstanceId, keepsDisk));
                break;
        }
    }

    private static void TakeMiss(
        ImmutableSortedDictionary<string, FollowedHost>.Builder hosts, FollowedHost missed, ImmutableArray<FollowerAction>.Builder actions)
    {
        if (missed.Misses < FollowerPolicy.MissesThatMeanGone)
        {
            hosts[missed.InstanceId] = missed;
        }
        else
        {
            TakeOff(hosts, missed, keepsDisk: false, actions);
        }
    }

    private static void TakeEnd(ImmutableSortedDictionary<string, FollowedHost>.Builder hosts, FollowedHost ended)
    {
        if (ended.KeepsDisk)
        {
            hosts[ended.InstanceId] = ended with { Phase = FollowedPhase.Off };
        }
        else
        {
            hosts.Remove(ended.InstanceId);
        }
    }

    private static void BootWhatIsDue(
        ImmutableSortedDictionary<string, FollowedHost>.Builder hosts, DateTimeOffset now, ImmutableArray<FollowerAction>.Builder actions)
    {
        var held = hosts.Values.Where(host => host.HoldsAddress).Select(host => host.Address).ToHashSet();
        var due = hosts.Values.Where(host => host.Phase == FollowedPhase.Waiting && host.BootAt <= now).OrderBy(host => host.BootAt).ToList();
        foreach (var host in due.Where(host => held.Add(host.Address)))
        {
            hosts[host.InstanceId] = host with { Phase = FollowedPhase.On };
            actions.Add(new FollowerAction.Boot(host.InstanceId, host.Address));
        }
    }
}
