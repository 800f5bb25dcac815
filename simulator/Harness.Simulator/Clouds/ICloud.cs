namespace Harness.Simulator.Clouds;

/// <summary>
/// The EC2 that a simulator's instances come from, and whose instances the simulator boots hosts for. One driver each for the
/// emulated EC2 in this process and for any other that answers at a URL. Disposing it takes down what the driver started.
/// </summary>
internal interface ICloud : IAsyncDisposable
{
    /// <summary>What it is, with a version where one is known, for a person.</summary>
    string Description { get; }

    Uri Endpoint { get; }

    string Region { get; }

    /// <summary>What the provider is to launch instances with.</summary>
    CloudResources Resources { get; }

    /// <summary>Credentials and settings in the names of the AWS SDKs' environment variables, for whoever calls this EC2.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The Name tag of each instance that has one, by instance id.</summary>
    IReadOnlyDictionary<string, string> InstanceNames();
}
