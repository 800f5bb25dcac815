using Google.Protobuf;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Hosting;

/// <summary>
/// The launched pod on disk: as it was sent, and with its last status once it has ended. What a later run of the agent knows of the
/// one before. Readable by the agent alone (environments may carry secrets). Used by the application's loop.
/// </summary>
internal sealed class ApplicationFile(StateDirectory directory)
{
    /// <summary>Throws IOException when it cannot be written.</summary>
    public void Save(Pod pod)
    {
        var partial = directory.ApplicationFile + ".new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(partial, options))
        {
            pod.WriteTo(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, directory.ApplicationFile, overwrite: true);
    }

    /// <summary>Null: nothing was launched before. A file that cannot be read counts as such, and is told by the exception.</summary>
    public Pod? Load() => File.Exists(directory.ApplicationFile) ? Pod.Parser.ParseFrom(File.ReadAllBytes(directory.ApplicationFile)) : null;
}
