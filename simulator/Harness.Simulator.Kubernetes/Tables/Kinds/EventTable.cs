using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints events in both of their forms, core and events.k8s.io, which name the same facts differently. Pure.</summary>
internal sealed class EventTable
{
    private static readonly TableColumn[] _columns =
    [
        new("Last Seen", "Time since the event was last seen."),
        new("Type", "Normal or Warning."),
        new("Reason", "Short word for what happened."),
        new("Object", "What the event is about."),
        TableColumn.Wide("Subobject", "Part of the object that the event is about."),
        TableColumn.Wide("Source", "Who reported the event."),
        new("Message", "What happened."),
        TableColumn.Wide("First Seen", "Time since the event was first seen."),
        TableColumn.Wide("Count", "How often the event was seen."),
        TableColumn.ObjectName with { Priority = 1 },
    ];

    private readonly string _object;
    private readonly string _message;
    private readonly string _source;
    private readonly string _controller;
    private readonly string _first;
    private readonly string _last;
    private readonly string _count;

    private EventTable(string about, string message, string source, string controller, string first, string last, string count)
    {
        _object = about;
        _message = message;
        _source = source;
        _controller = controller;
        _first = first;
        _last = last;
        _count = count;
    }

    public static TableKind Core { get; } = new(
        _columns,
        new EventTable("involvedObject", "message", "source", "reportingComponent", "firstTimestamp", "lastTimestamp", "count").Cells);

    public static TableKind New { get; } = new(
        _columns,
        new EventTable(
            "regarding", "note", "deprecatedSource", "reportingController", "deprecatedFirstTimestamp", "deprecatedLastTimestamp", "deprecatedCount").Cells);

    private static string About(JsonNode? reference)
    {
        var kind = reference.Text("kind").ToLowerInvariant();
        return reference.Text("name") is { Length: > 0 } name ? $"{kind}/{name}" : kind;
    }

    private JsonArray Cells(JsonObject item, DateTimeOffset now)
    {
        var first = item.Time(_first) ?? item.Time("eventTime");
        var series = item.At("series");
        var last = series is null ? item.Time(_last) ?? first : series.Time("lastObservedTime");
        var count = series is null ? Math.Max(1, item.Number(_count)) : series.Number("count");
        return
        [
            Age.Since(last, now),
            item.Text("type"),
            item.Text("reason"),
            About(item[_object]),
            item.Text(_object, "fieldPath"),
            Source(item),
            item.Text(_message).Trim(),
            Age.Since(first, now),
            count,
            Cell.Name(item),
        ];
    }

    private string Source(JsonObject item)
    {
        var component = item.Text(_source, "component").Or(item.Text(_controller));
        var instance = item.Text(_source, "host").Or(item.Text("reportingInstance"));
        return instance.Length == 0 ? component : $"{component}, {instance}";
    }
}
