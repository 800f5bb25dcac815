using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>The server's time in whole seconds, as it stands in object metadata.</summary>
internal static class ServerClock
{
    public static Time Now(this TimeProvider time) => time.In(0);

    public static Time In(this TimeProvider time, long seconds) => new() { Seconds = time.GetUtcNow().ToUnixTimeSeconds() + seconds, Nanos = 0 };
}
