using System.Diagnostics.Metrics;

namespace Harness.Simulator.Ec2.Calls;

/// <summary>
/// The calls that were answered, in order, for judges and metrics. Bounded: the oldest records are dropped, the counts by action
/// and code stay. Written by the engine alone, read by anyone. Thread-safe.
/// </summary>
public sealed class CallLog : IDisposable
{
    /// <summary>The most distinct pairs of action and code that are counted; what comes later is counted as `other`.</summary>
    private const int CountCapacity = 4096;

    private readonly Lock _lock = new();
    private readonly int _capacity;
    private readonly Queue<CallRecord> _records = [];
    private readonly Dictionary<(string Action, string Code), long> _counts = [];
    private readonly Meter _meter = new("Harness.Simulator.Ec2");
    private readonly Counter<long> _calls;
    private long _sequence;

    internal CallLog(int capacity)
    {
        _capacity = capacity;
        _calls = _meter.CreateCounter<long>("ec2_calls", description: "Calls answered, by action and code.");
    }

    /// <summary>The records that are kept, oldest first, after the one numbered <paramref name="sequence"/>.</summary>
    public IReadOnlyList<CallRecord> After(long sequence = 0)
    {
        lock (_lock)
        {
            return [.. _records.SkipWhile(record => record.Sequence <= sequence)];
        }
    }

    /// <summary>How often each action ended with each code since the start, by action and code.</summary>
    public IReadOnlyList<CallCount> Counts()
    {
        lock (_lock)
        {
            return
            [
                .. _counts
                    .OrderBy(count => count.Key.Action, StringComparer.Ordinal).ThenBy(count => count.Key.Code, StringComparer.Ordinal)
                    .Select(count => new CallCount(count.Key.Action, count.Key.Code, count.Value)),
            ];
        }
    }

    /// <summary>How often <paramref name="action"/> was called, and with <paramref name="code"/> if given.</summary>
    public long Count(string action, string? code = null)
    {
        lock (_lock)
        {
            return _counts.Where(count => count.Key.Action == action && (code is null || count.Key.Code == code)).Sum(count => count.Value);
        }
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Adds a record, giving it the next number.</summary>
    internal void Add(CallRecord record)
    {
        lock (_lock)
        {
            _records.Enqueue(record with { Sequence = ++_sequence });
            if (_records.Count > _capacity)
            {
                _records.Dequeue();
            }

            var key = (record.Action, record.Code);
            if (!_counts.ContainsKey(key) && _counts.Count >= CountCapacity)
            {
                key = ("other", record.Code);
            }

            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }

        _calls.Add(1, new KeyValuePair<string, object?>("action", record.Action), new KeyValuePair<string, object?>("code", record.Code));
    }
}
