using Harness.Agent.Applications;

namespace Harness.Agent.Volumes;

/// <summary>Opens hostPath volumes as their type asks. The path is already known to be open to pods; a link in it must not lead elsewhere.</summary>
internal static class HostPaths
{
    /// <summary>The path with its links resolved. Throws IOException when it is not as its type says.</summary>
    public static string Open(VolumeSpec volume)
    {
        var path = volume.HostPath;
        switch (volume.HostPathType)
        {
            case "DirectoryOrCreate":
                Directory.CreateDirectory(path);
                break;
            case "FileOrCreate":
                File.Open(path, FileMode.OpenOrCreate).Dispose();
                break;
            case "Directory" when !Directory.Exists(path):
                throw new IOException($"volume {volume.Name}: {path} is not a directory");
            case "File" when !File.Exists(path):
                throw new IOException($"volume {volume.Name}: {path} is not a file");
        }

        var real = RealPath.Of(path) ?? throw new IOException($"volume {volume.Name}: {path} does not exist");
        return real == path ? real : throw new IOException($"volume {volume.Name}: {path} leads over a link to {real}; name that path");
    }
}
