namespace Harness.Agent.Applications;

/// <summary>What stands between a container and its start when its image is an archive. Pure functions of the core.</summary>
internal static class Images
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>True: the container may start. Else it waits, and its files are asked for when they are not yet.</summary>
    public static bool IsReady(StepBuilder step, int index)
    {
        var container = step[index];
        if (container.Spec.ImageSource is not { } source || container.Image == ImageStage.Ready)
        {
            return true;
        }

        if (source.Problem.Length > 0)
        {
            step[index] = container with { WaitingReason = "InvalidImageName", WaitingMessage = source.Problem };
        }
        else if (container.Image == ImageStage.Unknown)
        {
            step[index] = container with { Image = ImageStage.Fetching, RetryAt = null };
            step.Emit(new ApplicationEffect.FetchImage(container.Key, source));
        }

        return false;
    }

    public static void Answered(StepBuilder step, ApplicationEvent.ImageAnswered answer)
    {
        var index = step.State.IndexOf(answer.Key);
        if (index < 0 || step[index] is not { Phase: ContainerPhase.Waiting, Image: ImageStage.Fetching } container)
        {
            return;
        }

        if (answer.Problem.Length == 0)
        {
            step[index] = container with { Image = ImageStage.Ready, PullFailures = 0 };
            return;
        }

        var pause = FirstPause * Math.Pow(2, Math.Min(container.PullFailures, 10));
        step[index] = container with
        {
            Image = ImageStage.Unknown,
            PullFailures = container.PullFailures + 1,
            RetryAt = step.Now + (pause < LongestPause ? pause : LongestPause),
            WaitingReason = container.PullFailures == 0 ? "ErrImagePull" : "ImagePullBackOff",
            WaitingMessage = answer.Problem,
        };
    }
}
