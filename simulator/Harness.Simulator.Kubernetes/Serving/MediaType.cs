namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>The encodings of bodies.</summary>
internal enum MediaType
{
    Json,
    Yaml,
    Protobuf,
}
