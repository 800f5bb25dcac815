using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Harness.Provider.Metrics;

/// <summary>
/// Listens to one meter and renders its instruments in the Prometheus text format, version 0.0.4. Counters and gauges of whole numbers;
/// instruments without measurements show as 0. Thread-safe.
/// </summary>
internal sealed class MetricsText : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, long>> _values = new();

    public MetricsText(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter)
            {
                _values.TryAdd(instrument, new ConcurrentDictionary<string, long>());
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Measure);
        _listener.Start();
    }

    public string Render()
    {
        foreach (var gauge in _values.Keys.Where(instrument => instrument.IsObservable))
        {
            _values[gauge].Clear();
        }

        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (instrument, series) in _values.OrderBy(entry => entry.Key.Name, StringComparer.Ordinal))
        {
            var kind = instrument is Counter<long> ? "counter" : "gauge";
            text.Append(CultureInfo.InvariantCulture, $"# HELP {instrument.Name} {instrument.Description}\n# TYPE {instrument.Name} {kind}\n");
            if (series.IsEmpty && !instrument.IsObservable)
            {
                text.Append(CultureInfo.InvariantCulture, $"{instrument.Name} 0\n");
            }

            foreach (var (labels, value) in series.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"{instrument.Name}{labels} {value}\n");
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Measure(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var labels = Labels(tags);
        _values[instrument].AddOrUpdate(labels, value, (_, before) => instrument.IsObservable ? value : before + value);
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var labels = new List<string>(tags.Length);
        foreach (var tag in tags)
        {
            var value = (tag.Value?.ToString() ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal);
            labels.Add($"{tag.Key}=\"{value}\"");
        }

        return "{" + string.Join(',', labels) + "}";
    }
}
