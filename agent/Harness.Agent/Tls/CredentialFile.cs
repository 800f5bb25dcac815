using System.Text.Json;

namespace Harness.Agent.Tls;

/// <summary>
/// The lifecycle port's credentials on disk, in one file, so that they change in one step: a restarted agent serves with the old or the new ones, never
/// with a mix. Readable by the agent's user alone. Used by one caller at a time.
/// </summary>
internal sealed class CredentialFile(StateDirectory directory)
{
    private string Path => System.IO.Path.Combine(directory.Root, "credentials.json");

    /// <summary>Throws IOException or UnauthorizedAccessException when it cannot be written; what was there stays.</summary>
    public void Save(StoredCredentials credentials)
    {
        var partial = Path + ".new";
        // One that a crash left behind may have another mode.
        File.Delete(partial);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(partial, options))
        {
            JsonSerializer.Serialize(file, credentials, StoredCredentialsJson.Default.StoredCredentials);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, Path, overwrite: true);
    }

    /// <summary>Null when there is none. Throws IOException, with no word of what is in it, when it cannot be read.</summary>
    public StoredCredentials? Load()
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path), StoredCredentialsJson.Default.StoredCredentials)
                is { Version: StoredCredentials.CurrentVersion } credentials
                ? credentials
                : throw new IOException($"{Path} was written by another version of the agent");
        }
        catch (JsonException exception)
        {
            throw new IOException($"{Path} is damaged at line {exception.LineNumber}");
        }
    }

    public void Delete() => File.Delete(Path);
}
