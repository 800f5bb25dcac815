namespace Harness.Kubernetes;

/// <summary>How a client talks to its server.</summary>
public sealed record KubernetesClientOptions
{
    /// <summary>Its part before the slash names the field manager of writes.</summary>
    public string UserAgent { get; init; } = "harness/0.1";

    /// <summary>Whether built-in objects are asked for as protobuf first. JSON is understood always.</summary>
    public bool PreferProtobuf { get; init; } = true;

    /// <summary>Whether objects are sent as protobuf; JSON otherwise.</summary>
    public bool SendProtobuf { get; init; } = true;

    /// <summary>For a whole call, and for a watch until its headers.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest answer and the largest watch event that is read, in bytes.</summary>
    public int MaxBodyBytes { get; init; } = 256 * 1024 * 1024;
}
