namespace Harness.Kubernetes.Objects.Meta.V1;

/// <summary>A moment in whole seconds; empty is Go's zero time, which JSON writes as null.</summary>
public sealed partial class Time
{
    /// <summary>Whether this is the zero time: no moment at all.</summary>
    public bool IsZero => Moments.IsZero(Seconds, Nanos, HasSeconds || HasNanos);

    /// <summary>The message of a moment; what is below a second is cut, as in JSON.</summary>
    public static Time Of(DateTimeOffset moment) => new() { Seconds = moment.ToUnixTimeSeconds(), Nanos = 0 };

    /// <summary>The moment, in UTC; the zero time is <see cref="DateTimeOffset.MinValue"/>.</summary>
    public DateTimeOffset ToDateTimeOffset() => IsZero ? DateTimeOffset.MinValue : Moments.ToDateTimeOffset(Seconds, 0);
}
