namespace Harness.Provider.Lifecycle;

/// <summary>Where a pod stands on its way from seen to gone. Which stage follows which stands in <see cref="PodCore"/>.</summary>
internal enum PodStage
{
    /// <summary>Known by its UID, its API object not read yet.</summary>
    New,

    /// <summary>Not launched now: refused, incomplete, or backing off. Waits for a change of the pod or for the clock.</summary>
    Held,

    /// <summary>Plan and attempt are being written to the pod's annotations.</summary>
    RecordingPlan,

    /// <summary>RunInstances is under way, or waits for its turn.</summary>
    Launching,

    /// <summary>Whether the attempt made an instance is not known; its client token is being looked up.</summary>
    LookingUp,

    /// <summary>The instance is known; its agent is being dialled.</summary>
    Connecting,

    /// <summary>LaunchApplication is under way.</summary>
    Starting,

    /// <summary>The application was launched; its health is followed.</summary>
    Running,

    /// <summary>The pod has its last phase (Succeeded or Failed); the instance is ended after its retention.</summary>
    Finished,

    /// <summary>The instance is being ended, and a new attempt follows.</summary>
    Replacing,

    /// <summary>The pod is being deleted: the application is asked to end within its grace.</summary>
    Stopping,

    /// <summary>The pod is being deleted: the instance is being ended.</summary>
    Ending,

    /// <summary>The pod is being deleted: nothing is left but its API object.</summary>
    Removing,

    /// <summary>Nothing is left; the record may be forgotten.</summary>
    Gone,
}
