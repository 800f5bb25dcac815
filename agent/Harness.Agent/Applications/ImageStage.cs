namespace Harness.Agent.Applications;

/// <summary>Where the files of a container's image are on their way.</summary>
internal enum ImageStage
{
    Unknown,
    Fetching,
    Ready,
}
