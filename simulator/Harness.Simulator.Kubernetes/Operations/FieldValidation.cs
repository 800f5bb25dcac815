namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>What becomes of unknown and duplicate fields in what a client sends.</summary>
internal enum FieldValidation
{
    /// <summary>They are dropped, and the client is warned.</summary>
    Warn,

    /// <summary>They are dropped.</summary>
    Ignore,

    /// <summary>The request is refused.</summary>
    Strict,
}
