namespace Harness.Provider.Lifecycle;

/// <summary>Why a write to a pod's API object failed.</summary>
internal enum WriteFailure
{
    /// <summary>The object is gone, or another pod (another UID) has its name.</summary>
    ObjectGone,

    /// <summary>Anything else: tried again, with a backoff, for ever.</summary>
    Retry,
}
