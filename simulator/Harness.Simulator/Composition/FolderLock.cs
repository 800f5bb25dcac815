using Harness.Simulator.State;

namespace Harness.Simulator.Composition;

/// <summary>Makes a folder one simulator's: whoever holds its lock file open runs there. The kernel lets go of it when the process ends.</summary>
internal static class FolderLock
{
    /// <summary>Makes the folder where it is not there and takes it; disposing what is returned gives it back.</summary>
    /// <exception cref="SimulatorStartException">Another one runs there.</exception>
    public static IAsyncDisposable Take(SimDirectory directory)
    {
        directory.Create();
        try
        {
            return new FileStream(directory.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new SimulatorStartException(
                $"A simulator runs in {directory.Root} already. See 'sim status', end it with 'sim down', or give this one another folder with --dir.", exception);
        }
    }
}
