using Google.Protobuf.WellKnownTypes;
using Harness.Agent.Contract.V1;
using Harness.Agent.Imds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Notices;

/// <summary>Asks the metadata service for notices every 5 s, as AWS recommends, and publishes what changed. Run by the host.</summary>
internal sealed partial class NoticePoller(NoticeReader reader, NoticeBoard board, TimeProvider timeProvider, ILogger<NoticePoller> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private WatchNoticesResponse _last = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, timeProvider);
        do
        {
            _last = await LookAsync(stoppingToken);
            board.Publish(_last);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<WatchNoticesResponse> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var notices = await reader.ReadAsync(cancellationToken);
            return new WatchNoticesResponse { Notices = { notices.Select(Observed) } };
        }
        catch (ImdsException exception)
        {
            // What was known stands: silence of the metadata service takes no notice back.
            return new WatchNoticesResponse { Notices = { _last.Notices }, Problem = exception.Message };
        }
    }

    private NodeNotice Observed(NodeNotice notice)
    {
        if (_last.Notices.FirstOrDefault(known => known.Id == notice.Id) is { } known)
        {
            notice.ObservedAt = known.ObservedAt;
        }
        else
        {
            notice.ObservedAt = Timestamp.FromDateTimeOffset(timeProvider.GetUtcNow());
            Log.Noticed(logger, notice.Kind, notice.Action, notice.NotBefore?.ToDateTimeOffset(), notice.Description);
        }

        return notice;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "EC2 gives notice: {Kind}, {Action}, not before {NotBefore}. {Description}")]
        public static partial void Noticed(
            ILogger logger, NodeNotice.Types.Kind kind, NodeNotice.Types.Action action, DateTimeOffset? notBefore, string description);
    }
}
