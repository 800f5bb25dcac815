namespace Harness.Agent.Usage;

/// <summary>How much a folder holds, and the file system that it lies on. Pure but for reading; a slow disk is given up on.</summary>
internal static class FolderSize
{
    /// <summary>Null when the folder is not there, or when it could not be counted in time.</summary>
    public static long? UsedBytes(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
            long sum = 0;
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", options))
            {
                cancellationToken.ThrowIfCancellationRequested();
                sum += file.Length;
            }

            return sum;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Free and whole bytes of the file system.</summary>
    public static (long Available, long Capacity)? FileSystem(string folder)
    {
        try
        {
            var drive = new DriveInfo(folder);
            return (drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
