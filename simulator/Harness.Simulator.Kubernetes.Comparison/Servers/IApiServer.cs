namespace Harness.Simulator.Kubernetes.Comparison.Servers;

/// <summary>An API server that requests are played against. Disposed by who started it; then it has ended.</summary>
internal interface IApiServer : IAsyncDisposable
{
    /// <summary>What it says of itself, such as <c>v1.20.2</c>.</summary>
    string Version { get; }

    /// <summary>Talks to it, without credentials.</summary>
    HttpClient Client { get; }
}
