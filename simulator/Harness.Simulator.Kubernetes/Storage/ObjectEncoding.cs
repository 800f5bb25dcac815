namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>The forms in which the bytes of a stored object are kept for its readers.</summary>
internal enum ObjectEncoding
{
    /// <summary>JSON with kind and apiVersion first.</summary>
    Json,

    /// <summary>The protobuf message alone, without envelope.</summary>
    Protobuf,
}
