namespace Harness.Simulator.Programs;

/// <summary>Ends a process that is not a child of this one.</summary>
public static class RunningProcess
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks the process to end (SIGTERM) and waits; kills it when it has not ended after the patience.</summary>
    /// <returns>False when it had to be killed.</returns>
    public static async Task<bool> EndAsync(ProcessIdentity process, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        Signal.SendTerminate(process);
        var since = time.GetTimestamp();
        while (process.IsAlive && time.GetElapsedTime(since) < patience)
        {
            await Task.Delay(Pause, time, cancellationToken);
        }

        if (!process.IsAlive)
        {
            return true;
        }

        Signal.SendKill(process);
        return false;
    }
}
