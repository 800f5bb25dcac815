using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// Calls as operators see them: the metrics of gRPC's proposal A66 on the meter <c>Grpc.AspNetCore.Server</c>, and the official
/// server's tags (<c>grpc.method</c>, <c>grpc.status_code</c>) on ASP.NET Core's activity of the request. Thread-safe.
/// </summary>
internal sealed class ServerTelemetry
{
    private readonly TimeProvider _timeProvider;
    private readonly Counter<long> _started;
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _duration;

    public ServerTelemetry(IMeterFactory meters, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        var meter = meters.Create("Grpc.AspNetCore.Server");
        _started = meter.CreateCounter<long>("grpc.server.call.started", "{call}", "Calls begun.");
        _active = meter.CreateUpDownCounter<long>("grpc.server.call.active", "{call}", "Calls that run.");
        _duration = meter.CreateHistogram<double>("grpc.server.call.duration", "s", "Time from the beginning of a call to its status.");
    }

    /// <summary>Returns the moment that <see cref="End"/> wants.</summary>
    public long Begin(HttpContext http, string method)
    {
        Activity(http)?.SetTag("grpc.method", "/" + method);
        TagList tags = [new("grpc.method", method)];
        _started.Add(1, tags);
        _active.Add(1, tags);
        return _timeProvider.GetTimestamp();
    }

    public void End(HttpContext http, string method, Status status, long begun)
    {
        Activity(http)?.SetTag("grpc.status_code", ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture));
        TagList tags = [new("grpc.method", method)];
        _active.Add(-1, tags);
        tags.Add("grpc.status", StatusNames.Of(status.StatusCode));
        _duration.Record(_timeProvider.GetElapsedTime(begun).TotalSeconds, tags);
    }

    private static Activity? Activity(HttpContext http) => http.Features.Get<IHttpActivityFeature>()?.Activity;
}
