using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Harness.Agent.Contract.V1;
using Microsoft.AspNetCore.Http;

namespace Harness.Provider.KubeletApi;

/// <summary>Reads a log request's query into the agent's terms, as a kubelet reads it. Pure.</summary>
internal static class LogQuery
{
    /// <summary>The request, or the reason why the query is wrong.</summary>
    public static (ReadLogsRequest? Request, string Problem) Read(string container, IQueryCollection query, DateTimeOffset now)
    {
        var request = new ReadLogsRequest { Container = container };
        try
        {
            request.Follow = Truth(query, "follow");
            request.Previous = Truth(query, "previous");
            request.Timestamps = Truth(query, "timestamps");
            if (Whole(query, "tailLines", least: 0) is { } tail)
            {
                request.TailLines = tail;
            }

            if (Whole(query, "limitBytes", least: 1) is { } limit)
            {
                request.LimitBytes = limit;
            }

            request.Since = Since(query, now);
            return (request, "");
        }
        catch (FormatException exception)
        {
            return (null, exception.Message);
        }
    }

    private static Timestamp? Since(IQueryCollection query, DateTimeOffset now)
    {
        var seconds = Whole(query, "sinceSeconds", least: 1);
        var time = Text(query, "sinceTime");
        if (seconds is not null && time is not null)
        {
            throw new FormatException("at most one of sinceTime and sinceSeconds may be given");
        }

        if (seconds is { } ago)
        {
            return Timestamp.FromDateTimeOffset(now.AddSeconds(-Math.Min(ago, TimeSpan.FromDays(36500).TotalSeconds)));
        }

        return time is null ? null
            : DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Timestamp.FromDateTimeOffset(at)
            : throw new FormatException($"sinceTime: \"{time}\" is not a time in RFC 3339");
    }

    private static bool Truth(IQueryCollection query, string key) => Text(query, key) switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        var text => throw new FormatException($"{key}: \"{text}\" is neither true nor false"),
    };

    private static long? Whole(IQueryCollection query, string key, long least)
    {
        if (Text(query, key) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new FormatException($"{key}: \"{text}\" is not a whole number of at least {least}");
    }

    private static string? Text(IQueryCollection query, string key) =>
        query.TryGetValue(key, out var values) && values[0] is { Length: > 0 } text ? text : null;
}
