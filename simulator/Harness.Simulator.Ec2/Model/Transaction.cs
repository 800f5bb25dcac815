using System.Collections.Immutable;
using System.Globalization;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Model;

/// <summary>
/// One step in the making: the state so far and what follows from it. Made by <see cref="Ec2Model"/>, changed by one operation, dropped
/// whole when the operation refuses. Used by one thread.
/// </summary>
internal sealed class Transaction(Ec2State state, Ec2SimulatorOptions options, DateTimeOffset now)
{
    private static readonly TimeSpan TokenRetention = TimeSpan.FromHours(24);

    private readonly List<Effect> _effects = [];
    private readonly List<string> _changed = [];
    private readonly HashSet<string> _changedSet = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _named = new(StringComparer.Ordinal);

    public Ec2State State { get; private set; } = state;

    public Ec2SimulatorOptions Options => options;

    public DateTimeOffset Now => now;

    public SeedWorld World => State.World;

    /// <summary>Instances that the call log tells beside those that changed.</summary>
    public IEnumerable<string> InstanceIds => _named.Union(_changed);

    public Ec2Step ToStep() => new(State, [.. _effects], [.. _changed]);

    /// <summary>Has the call log tell an instance that the call named.</summary>
    public void Name(string instanceId) => _named.Add(instanceId);

    public void Add(Effect effect) => _effects.Add(effect);

    public void Update(Func<Ec2State, Ec2State> change) => State = change(State);

    /// <summary>`prefix` and 17 hexadecimal digits, the first of which is 0 as on EC2.</summary>
    public string NextId(string prefix) => $"{prefix}-0{NextNumber():x16}";

    /// <summary>A MAC address out of the locally administered range that EC2 uses.</summary>
    public string NextMacAddress() => string.Create(
        CultureInfo.InvariantCulture,
        $"02:{(byte)NextNumber():x2}:{(byte)NextNumber():x2}:{(byte)NextNumber():x2}:{(byte)NextNumber():x2}:{(byte)NextNumber():x2}");

    /// <summary>Adds or replaces an instance, keeping the agenda.</summary>
    public void Put(Instance instance)
    {
        var before = State.Instances.GetValueOrDefault(instance.InstanceId);
        State = State with
        {
            Instances = State.Instances.SetItem(instance.InstanceId, instance),
            Agenda = Reschedule(before?.Due, instance.Due, instance.InstanceId),
        };
        MarkChanged(instance.InstanceId);
    }

    /// <summary>Forgets an instance and its tags.</summary>
    public void Remove(Instance instance)
    {
        State = State with
        {
            Instances = State.Instances.Remove(instance.InstanceId),
            Tags = State.Tags.Remove(instance.InstanceId).Remove(instance.RootVolume.VolumeId),
            Agenda = Reschedule(instance.Due, null, instance.InstanceId),
        };
        MarkChanged(instance.InstanceId);
    }

    /// <summary>Adds or replaces an interface.</summary>
    public void Put(NetworkInterface networkInterface) => State = State with
    {
        NetworkInterfaces = State.NetworkInterfaces.SetItem(networkInterface.NetworkInterfaceId, networkInterface),
        Addresses = State.Addresses.SetItem(networkInterface.Address, networkInterface.NetworkInterfaceId),
    };

    /// <summary>Deletes an interface, its tags and its address.</summary>
    public void Remove(NetworkInterface networkInterface)
    {
        State = State with
        {
            NetworkInterfaces = State.NetworkInterfaces.Remove(networkInterface.NetworkInterfaceId),
            Addresses = State.Addresses.Remove(networkInterface.Address),
            Tags = State.Tags.Remove(networkInterface.NetworkInterfaceId),
        };
        if (networkInterface.ClientToken is { } token)
        {
            ForgetLater(AlarmKind.InterfaceToken, token);
        }
    }

    /// <summary>Has a token forgotten a day from now: EC2 keeps it at least that long after what it made is gone.</summary>
    public void ForgetLater(AlarmKind kind, string token) =>
        State = State with { Agenda = State.Agenda.Add(new Alarm(now + TokenRetention, kind, token)) };

    /// <summary>Replaces all tags of a resource.</summary>
    public void SetTags(string resourceId, ImmutableSortedDictionary<string, string> tags)
    {
        State = State with { Tags = tags.IsEmpty ? State.Tags.Remove(resourceId) : State.Tags.SetItem(resourceId, tags) };
        if (State.Instances.ContainsKey(resourceId))
        {
            MarkChanged(resourceId);
        }
    }

    /// <summary>SplitMix64: small, seedable, and its state is one number.</summary>
    private ulong NextNumber()
    {
        unchecked
        {
            var entropy = State.Entropy + 0x9E3779B97F4A7C15UL;
            State = State with { Entropy = entropy };
            var mixed = (entropy ^ (entropy >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }

    private ImmutableSortedSet<Alarm> Reschedule(DateTimeOffset? before, DateTimeOffset? after, string instanceId)
    {
        var agenda = State.Agenda;
        agenda = before is { } old ? agenda.Remove(new Alarm(old, AlarmKind.Instance, instanceId)) : agenda;
        return after is { } due ? agenda.Add(new Alarm(due, AlarmKind.Instance, instanceId)) : agenda;
    }

    private void MarkChanged(string instanceId)
    {
        if (_changedSet.Add(instanceId))
        {
            _changed.Add(instanceId);
        }
    }
}
