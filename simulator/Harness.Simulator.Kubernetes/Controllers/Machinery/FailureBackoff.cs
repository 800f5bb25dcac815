namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>
/// How long what has failed waits before it is replaced: not at all the first time, then longer each time; forgotten after a quiet while.
/// For one thread.
/// </summary>
internal sealed class FailureBackoff(TimeSpan first, TimeSpan longest)
{
    private readonly Dictionary<string, (DateTimeOffset At, TimeSpan Delay)> _byKey = [];

    /// <summary>What is left to wait. Zero means now, and counts as a replacement.</summary>
    public TimeSpan Take(string key, DateTimeOffset now)
    {
        foreach (var quiet in _byKey.Where(entry => entry.Value.At + (2 * longest) < now).Select(entry => entry.Key).ToList())
        {
            _byKey.Remove(quiet);
        }

        if (!_byKey.TryGetValue(key, out var last))
        {
            _byKey[key] = (now, first);
            return TimeSpan.Zero;
        }

        if (last.At + last.Delay > now)
        {
            return last.At + last.Delay - now;
        }

        _byKey[key] = (now, last.Delay * 2 < longest ? last.Delay * 2 : longest);
        return TimeSpan.Zero;
    }
}
