namespace Harness.Kubernetes.Informers;

/// <summary>How a list or a watch ended.</summary>
internal enum ReflectorOutcome
{
    /// <summary>The list is complete, or the server ended the watch in good order.</summary>
    Completed,

    /// <summary>The resourceVersion or the continue token is too old.</summary>
    Expired,

    /// <summary>Anything else.</summary>
    Failed,
}
