namespace Harness.Agent.Applications;

/// <summary>Where the files of a volume come from.</summary>
internal enum VolumeKind
{
    EmptyDir,
    HostPath,

    /// <summary>From the caller, by vkvmagent.v1.PodInputs: configMap, secret, projected, downwardAPI.</summary>
    Input,
}
