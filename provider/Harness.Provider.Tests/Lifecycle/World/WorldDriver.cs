using Harness.Provider.Lifecycle;

namespace Harness.Provider.Tests.Lifecycle.World;

/// <summary>
/// Runs the core in a <see cref="ModelWorld"/>: takes effects and results in an order that the seed chooses, lets time pass, and can
/// kill and start the provider anew after any number of effects, with or without the last one having happened.
/// </summary>
internal sealed class WorldDriver
{
    private readonly ModelWorld _world;
    private readonly PodPolicy _policy;
    private readonly Random _random;
    private readonly string _uid;
    private readonly List<PodEffect> _todo = [];
    private readonly List<PodEvent> _results = [];

    public WorldDriver(string uid, int seed, PodPolicy? policy = null)
    {
        _uid = uid;
        _random = new Random(seed);
        _policy = policy ?? new PodPolicy { LookupDelay = TimeSpan.FromMilliseconds(50), FinishedRetention = TimeSpan.FromSeconds(1) };
        _world = new ModelWorld(uid, DateTimeOffset.UnixEpoch.AddYears(50));
        Pod = new PodRecord { Uid = uid };
        Feed(new PodEvent.Seen(_world.Demand));
    }

    public ModelWorld World => _world;

    public PodRecord Pod { get; private set; }

    /// <summary>Effects performed so far.</summary>
    public int Performed { get; private set; }

    /// <summary>Called after every change, with what is to hold always.</summary>
    public Action<WorldDriver> Invariant { get; init; } = static driver => Assert.True(driver.World.Live.Count() <= 1, "two live instances for one pod");

    public void Feed(PodEvent happened)
    {
        var step = PodCore.Step(Pod, happened, _world.Now, _policy);
        Pod = step.Pod;
        _todo.AddRange(step.Effects);
    }

    public void Delete()
    {
        _world.DeletionDue = _world.Now + TimeSpan.FromSeconds(30);
        Feed(new PodEvent.Seen(_world.Demand));
    }

    /// <summary>One move: an effect, a result, or a piece of time. False when nothing is left to happen.</summary>
    public bool Move()
    {
        var choices = _todo.Count + _results.Count;
        if (choices == 0 || _random.Next(10) == 0)
        {
            return PassTime();
        }

        var choice = _random.Next(choices);
        if (choice < _todo.Count)
        {
            Perform(choice);
        }
        else
        {
            var result = _results[choice - _todo.Count];
            _results.RemoveAt(choice - _todo.Count);
            Feed(result);
        }

        Invariant(this);
        return true;
    }

    /// <summary>Until the world is quiet (or for so many moves).</summary>
    public void Settle(int moves = 4000)
    {
        while (moves-- > 0 && !IsSettled && Move())
        {
        }
    }

    public bool IsSettled => _todo.Count == 0 && _results.Count == 0 && (
        Pod.Stage == PodStage.Gone
        || (Pod.Stage == PodStage.Running && _world.DeletionDue is null && Pod.InstanceRecorded && Pod.Wanted == Pod.Written && Pod.Wanted.Phase == PodPhase.Running));

    /// <summary>
    /// The provider dies: what was on its way is lost, a part of it having happened. A new one starts from what is recorded.
    /// </summary>
    public void Crash()
    {
        foreach (var effect in _todo.Where(_ => _random.Next(2) == 0).ToList())
        {
            _world.Perform(effect);
        }

        Restart();
    }

    public void Restart()
    {
        _todo.Clear();
        _results.Clear();
        Pod = new PodRecord { Uid = _uid };
        if (_world.PodExists)
        {
            Feed(new PodEvent.Seen(_world.Demand));
        }

        Invariant(this);
    }

    private void Perform(int index)
    {
        var effect = _todo[index];
        _todo.RemoveAt(index);
        Performed++;
        if (_world.Perform(effect) is { } result)
        {
            _results.Add(result);
        }
    }

    private bool PassTime()
    {
        if (Pod.Stage == PodStage.Gone)
        {
            return false;
        }

        // While answers are on their way little time passes: requests have deadlines far shorter than the patience of the core.
        var wake = _todo.Count + _results.Count == 0 ? Pod.NextWake : null;
        _world.Pass(wake is { } at && at > _world.Now && _random.Next(3) > 0 ? at - _world.Now : TimeSpan.FromMilliseconds(_random.Next(1, 300)));
        if (Pod.Instance is { IsDead: false } instance)
        {
            Feed(new PodEvent.InstanceObserved(instance.Id, _world.Find(instance.Id)?.Facts));
        }

        Feed(new PodEvent.Tick());
        Assert.True(Pod.NextWake is not { } next || next > _world.Now, $"a tick at {_world.Now:O} in stage {Pod.Stage} left its wake in the past");
        Invariant(this);
        return true;
    }
}
