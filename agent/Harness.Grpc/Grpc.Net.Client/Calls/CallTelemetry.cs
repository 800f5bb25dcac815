using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// One call as operators see it: an activity with the official client's names (source and activity, <c>grpc.method</c>,
/// <c>grpc.status_code</c>), and the metrics of gRPC's proposal A66. Begun and ended once, by its call.
/// </summary>
internal sealed class CallTelemetry
{
    private const string SourceName = "Grpc.Net.Client";
    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    private static readonly Counter<long> Started =
        Meter.CreateCounter<long>("grpc.client.attempt.started", "{attempt}", "Calls begun.");

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("grpc.client.call.duration", "s", "Time from the beginning of a call to its outcome.");

    private TagList _tags;
    private readonly TimeProvider _timeProvider;
    private readonly long _started;
    private readonly Activity? _activity;

    public CallTelemetry(IMethod method, CallSettings settings)
    {
        _tags = [new("grpc.method", method.FullName[1..]), new("grpc.target", settings.Address.Authority)];
        _timeProvider = settings.TimeProvider;
        _started = _timeProvider.GetTimestamp();
        _activity = Source.StartActivity("Grpc.Net.Client.GrpcOut", ActivityKind.Client);
        _activity?.SetTag("grpc.method", method.FullName);
        Started.Add(1, _tags);
    }

    public void End(Status status)
    {
        var tags = _tags;
        tags.Add("grpc.status", StatusNames.Of(status.StatusCode));
        Duration.Record(_timeProvider.GetElapsedTime(_started).TotalSeconds, tags);
        _activity?.SetTag("grpc.status_code", ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture));
        if (status.StatusCode != StatusCode.OK)
        {
            _activity?.SetStatus(ActivityStatusCode.Error, status.Detail);
        }

        _activity?.Dispose();
    }
}
