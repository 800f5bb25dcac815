using Harness.Provider.Lifecycle;

namespace Harness.Provider.Configuration;

/// <summary>Section <c>VKVMAgentConnectionConfig</c>: how agents are reached.</summary>
internal sealed record AgentConfiguration
{
    public int Port { get; init; } = 8200;
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(300);
    public TimeSpan MinConnectTimeout { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan HealthCheckInterval { get; init; } = TimeSpan.FromSeconds(60);
    public Backoff Backoff { get; init; } = new(TimeSpan.FromSeconds(1), 1.5, 0.5, TimeSpan.FromSeconds(120));

    /// <summary>Null when keepalive pings are off: some agents answer them with ENHANCE_YOUR_CALM.</summary>
    public TimeSpan? KeepaliveTime { get; init; }
    public TimeSpan KeepaliveTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Our own keys: OnTimeout, RequestTimeoutSeconds, EagerSeconds.</summary>
    public AgentTimeoutPolicy OnTimeout { get; init; } = AgentTimeoutPolicy.Replace;
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan EagerFor { get; init; } = TimeSpan.FromSeconds(15);

    public static AgentConfiguration Read(ConfigurationSection section)
    {
        var backoff = section.Section("Backoff");
        var keepalive = section.Section("Keepalive");
        var keepaliveTime = keepalive.Seconds("TimeSeconds", 60, 1);
        return new AgentConfiguration
        {
            Port = section.Integer("Port", 8200, 1, 65535),
            Timeout = section.Seconds("TimeoutSeconds", 300, 0.1),
            MinConnectTimeout = section.Seconds("MinConnectTimeoutSeconds", 60, 0.1),
            HealthCheckInterval = section.Seconds("HealthCheckIntervalSeconds", 60, 0.1),
            Backoff = new Backoff(
                backoff.Seconds("BaseDelaySeconds", 1, 0.001),
                backoff.Number("Multiplier", 1.5, 1, 100),
                backoff.Number("Jitter", 0.5, 0, 1),
                backoff.Seconds("MaxDelaySeconds", 120, 0.001)),
            KeepaliveTime = section.Truth("KeepaliveEnabled", false) ? keepaliveTime : null,
            KeepaliveTimeout = keepalive.Seconds("TimeoutSeconds", 120, 1),
            OnTimeout = section.Choice("OnTimeout", AgentTimeoutPolicy.Replace),
            RequestTimeout = section.Seconds("RequestTimeoutSeconds", 30, 0.1),
            EagerFor = section.Seconds("EagerSeconds", 15),
        };
    }
}
