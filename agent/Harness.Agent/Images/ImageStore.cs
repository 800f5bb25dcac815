using System.Security.Cryptography;
using Harness.Agent.Applications;

namespace Harness.Agent.Images;

/// <summary>
/// The archives that containers' images name, unpacked once each under their digest. A folder that is there is complete: it gets its name
/// last. Thread-safe; containers that want the same archive wait for one fetch.
/// </summary>
internal sealed class ImageStore(StateDirectory directory, UnpackLimits limits) : IDisposable
{
    private const int BufferBytes = 81920;
    private readonly SemaphoreSlim _one = new(1);
    private readonly Lazy<HttpClient> _http = new(() => new HttpClient { Timeout = Timeout.InfiniteTimeSpan });

    /// <summary>Where the files of an image are, or will be.</summary>
    public string FolderOf(ImageSource source) => Path.Combine(directory.Images, source.Digest);

    /// <summary>Empty: the files are there. Else why not.</summary>
    public async Task<string> FetchAsync(ImageSource source, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        var work = Path.Combine(directory.Images, ".work");
        try
        {
            if (Directory.Exists(FolderOf(source)))
            {
                return "";
            }

            Clear(work);
            Directory.CreateDirectory(work);
            var archive = Path.Combine(work, "archive");
            await DownloadAsync(source, archive, cancellationToken);
            var tree = Directory.CreateDirectory(Path.Combine(work, "tree")).FullName;
            await using (var stream = File.OpenRead(archive))
            {
                new ArchiveUnpacker(tree, limits).Unpack(stream);
            }

            Directory.Move(tree, FolderOf(source));
            return "";
        }
        catch (Exception exception) when (exception is ImageException or IOException or HttpRequestException or UnauthorizedAccessException)
        {
            return $"{Shown(source.Location!)}: {exception.Message}";
        }
        finally
        {
            Clear(work);
            _one.Release();
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

    /// <summary>A presigned URL's query is a secret.</summary>
    private static string Shown(Uri location) => location.GetLeftPart(UriPartial.Path);

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task DownloadAsync(ImageSource source, string archive, CancellationToken cancellationToken)
    {
        await using var content = await OpenAsync(source.Location!, cancellationToken);
        await using var file = new FileStream(archive, FileMode.CreateNew, FileAccess.Write);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        long bytes = 0;
        for (var count = await content.ReadAsync(buffer, cancellationToken); count > 0; count = await content.ReadAsync(buffer, cancellationToken))
        {
            bytes += count;
            if (bytes > limits.ArchiveBytes)
            {
                throw new ImageException($"larger than {limits.ArchiveBytes} bytes");
            }

            hash.AppendData(buffer, 0, count);
            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (digest != source.Digest)
        {
            throw new ImageException($"its SHA-256 is {digest}, not {source.Digest}");
        }
    }

    private async Task<Stream> OpenAsync(Uri location, CancellationToken cancellationToken)
    {
        if (location.IsFile)
        {
            return File.OpenRead(location.LocalPath);
        }

        var response = await _http.Value.GetAsync(location, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStreamAsync(cancellationToken)
            : throw new ImageException($"the server answers {(int)response.StatusCode}");
    }
}
