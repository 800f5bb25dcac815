namespace Harness.Kubernetes.Objects.Meta.V1;

/// <summary>A moment in microseconds (leases, events); empty is Go's zero time, which JSON writes as null.</summary>
public sealed partial class MicroTime
{
    /// <summary>Whether this is the zero time: no moment at all.</summary>
    public bool IsZero => Moments.IsZero(Seconds, Nanos, HasSeconds || HasNanos);

    /// <summary>The message of a moment; what is below a microsecond is cut, as in JSON.</summary>
    public static MicroTime Of(DateTimeOffset moment) =>
        new() { Seconds = moment.ToUnixTimeSeconds(), Nanos = Moments.MicrosecondsAsNanos(moment) };

    /// <summary>The moment, in UTC; the zero time is <see cref="DateTimeOffset.MinValue"/>.</summary>
    public DateTimeOffset ToDateTimeOffset() => IsZero ? DateTimeOffset.MinValue : Moments.ToDateTimeOffset(Seconds, Nanos);
}
