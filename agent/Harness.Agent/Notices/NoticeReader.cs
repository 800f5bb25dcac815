using System.Globalization;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Harness.Agent.Contract.V1;
using Harness.Agent.Imds;
using NoticeKind = Harness.Agent.Contract.V1.NodeNotice.Types.Kind;
using NoticeAction = Harness.Agent.Contract.V1.NodeNotice.Types.Action;

namespace Harness.Agent.Notices;

/// <summary>
/// Reads what the metadata service says about the instance's own end.
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html, …/rebalance-recommendations.html,
/// …/viewing_scheduled_events.html. Thread-safe.
/// </summary>
internal sealed class NoticeReader(ImdsClient client)
{
    /// <summary>All that stand now, without the time at which they were first seen.</summary>
    /// <exception cref="ImdsException">The metadata service does not answer, or says something that is no JSON.</exception>
    public async Task<IReadOnlyList<NodeNotice>> ReadAsync(CancellationToken cancellationToken)
    {
        var notices = new List<NodeNotice>();
        await AddAsync("latest/meta-data/spot/instance-action", root => notices.Add(SpotInterruption(root)), cancellationToken);
        await AddAsync("latest/meta-data/events/recommendations/rebalance", root => notices.Add(Rebalance(root)), cancellationToken);
        await AddAsync("latest/meta-data/events/maintenance/scheduled", root => notices.AddRange(Scheduled(root)), cancellationToken);
        return notices;
    }

    private async Task AddAsync(string path, Action<JsonElement> add, CancellationToken cancellationToken)
    {
        if (await client.ReadAsync(path, cancellationToken) is not { Length: > 0 } content)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(content);
            add(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ImdsException($"{path} of the metadata service cannot be read: {exception.Message}", isTransient: false, exception);
        }
    }

    private static NodeNotice SpotInterruption(JsonElement root)
    {
        var action = Text(root, "action");
        return new NodeNotice
        {
            Id = "spot/" + Text(root, "time"),
            Kind = NoticeKind.SpotInterruption,
            Action = action switch
            {
                "terminate" => NoticeAction.Terminate,
                "stop" => NoticeAction.Stop,
                "hibernate" => NoticeAction.Hibernate,
                _ => NoticeAction.Unspecified,
            },
            NotBefore = Moment(root, "time"),
            Code = action,
        };
    }

    private static NodeNotice Rebalance(JsonElement root) => new()
    {
        Id = "rebalance/" + Text(root, "noticeTime"),
        Kind = NoticeKind.RebalanceRecommendation,
        Action = NoticeAction.None,
        NotBefore = Moment(root, "noticeTime"),
    };

    /// <summary>Events that are over, or were taken back, stand in the list for a while.</summary>
    private static IEnumerable<NodeNotice> Scheduled(JsonElement root) =>
        root.EnumerateArray().Where(entry => Text(entry, "State") is "active" or "").Select(ScheduledEvent);

    private static NodeNotice ScheduledEvent(JsonElement entry)
    {
        var code = Text(entry, "Code");
        return new NodeNotice
        {
            Id = Text(entry, "EventId") is { Length: > 0 } id ? id : $"{code}/{Text(entry, "NotBefore")}",
            Kind = code is "instance-retirement" or "instance-stop" ? NoticeKind.Retirement : NoticeKind.Maintenance,
            Action = code switch
            {
                "instance-stop" => NoticeAction.Stop,
                "instance-reboot" or "system-reboot" => NoticeAction.Reboot,
                "system-maintenance" => NoticeAction.None,
                // A retired instance is stopped or terminated, by the kind of its root device, which IMDS does not tell.
                _ => NoticeAction.Unspecified,
            },
            NotBefore = Moment(entry, "NotBefore"),
            NotAfter = Moment(entry, "NotAfter"),
            Code = code,
            Description = Text(entry, "Description"),
        };
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>2026-01-21T09:00:43Z, or as scheduled events have it: 21 Jan 2026 09:00:43 GMT. Null when it is neither.</summary>
    private static Timestamp? Moment(JsonElement element, string name) =>
        DateTimeOffset.TryParse(
            Text(element, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? Timestamp.FromDateTimeOffset(moment)
            : null;
}
