using System.Formats.Tar;
using System.IO.Compression;

namespace Harness.Agent.Images;

/// <summary>
/// Unpacks a tar, tar.gz or zip into an empty folder. Whatever is in it, nothing is written outside: paths are relative without "..", links
/// stay inside, no entry is written through a link, and there are no devices and no set-user-ID bits. One use each.
/// </summary>
internal sealed class ArchiveUnpacker(string folder, UnpackLimits limits)
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    private const int UnixModeShift = 16;
    private const int TypeMask = 0xF000;
    private const int TypeOfLink = 0xA000;
    private const int BufferBytes = 81920;
    private long _bytes;
    private int _entries;

    /// <summary>Throws <see cref="ImageException"/> for what must not be unpacked, IOException when there is no room.</summary>
    public void Unpack(Stream archive)
    {
        var head = new byte[2];
        archive.ReadExactly(head);
        archive.Position = 0;
        try
        {
            if (head is [(byte)'P', (byte)'K'])
            {
                UnpackZip(archive);
            }
            else if (head is [0x1f, 0x8b])
            {
                using var plain = new GZipStream(archive, CompressionMode.Decompress);
                UnpackTar(plain);
            }
            else
            {
                UnpackTar(archive);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or EndOfStreamException)
        {
            throw new ImageException($"not a tar, tar.gz or zip archive, or a broken one: {exception.Message}");
        }
    }

    private void UnpackTar(Stream archive)
    {
        using var reader = new TarReader(archive);
        while (reader.GetNextEntry() is { } entry)
        {
            switch (entry.EntryType)
            {
                case TarEntryType.Directory:
                    MakeFolder(entry.Name);
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    WriteFile(entry.Name, entry.DataStream ?? Stream.Null, entry.Mode);
                    break;
                case TarEntryType.SymbolicLink:
                    MakeLink(entry.Name, entry.LinkName);
                    break;
                case TarEntryType.HardLink:
                    CopyFile(entry.Name, entry.LinkName);
                    break;
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                default:
                    throw new ImageException($"{entry.Name} is a {entry.EntryType}, which an image must not have");
            }
        }
    }

    private void UnpackZip(Stream archive)
    {
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            var mode = entry.ExternalAttributes >>> UnixModeShift;
            using var content = entry.Open();
            if (entry.FullName.EndsWith('/'))
            {
                MakeFolder(entry.FullName);
            }
            else if ((mode & TypeMask) == TypeOfLink)
            {
                using var reader = new StreamReader(content);
                MakeLink(entry.FullName, reader.ReadToEnd());
            }
            else
            {
                const int DefaultMode = 0b110_100_100;
                WriteFile(entry.FullName, content, mode == 0 ? (UnixFileMode)DefaultMode : (UnixFileMode)mode);
            }
        }
    }

    private void MakeFolder(string name)
    {
        if (Resolve(name) is { Length: > 0 } path)
        {
            Directory.CreateDirectory(path);
        }
    }

    private void WriteFile(string name, Stream content, UnixFileMode mode)
    {
        var path = Resolve(name) ?? throw new ImageException($"\"{name}\" is not the name of a file");
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        {
            var buffer = new byte[BufferBytes];
            for (var count = content.Read(buffer); count > 0; count = content.Read(buffer))
            {
                _bytes += count;
                if (_bytes > limits.ContentBytes)
                {
                    throw new ImageException($"more than {limits.ContentBytes} bytes come out of it");
                }

                file.Write(buffer, 0, count);
            }
        }

        File.SetUnixFileMode(path, (mode & Permissions) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void CopyFile(string name, string source)
    {
        var from = Resolve(source);
        if (from is null || !File.Exists(from) || new FileInfo(from).LinkTarget is not null)
        {
            throw new ImageException($"{name} is a hard link to {source}, which is no file before it");
        }

        using var content = File.OpenRead(from);
        WriteFile(name, content, File.GetUnixFileMode(from));
    }

    private void MakeLink(string name, string target)
    {
        var path = Resolve(name) ?? throw new ImageException($"\"{name}\" is not the name of a link");
        var lands = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, target));
        if (target.StartsWith('/') || !(lands == folder || lands.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            throw new ImageException($"the link {name} leads out of the archive, to {target}");
        }

        File.CreateSymbolicLink(path, target);
    }

    /// <summary>The path of an entry, its folders made; null for the archive's own top.</summary>
    private string? Resolve(string name)
    {
        if (++_entries > limits.Entries)
        {
            throw new ImageException($"it has more than {limits.Entries} entries");
        }

        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        if (name.StartsWith('/') || parts.Contains("..") || name.Contains('\0'))
        {
            throw new ImageException($"\"{name}\" leads out of the archive");
        }

        var path = folder;
        for (var index = 0; index < parts.Count - 1; index++)
        {
            path = Path.Combine(path, parts[index]);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new ImageException($"{name} would be written through the link {path[(folder.Length + 1)..]}");
            }

            Directory.CreateDirectory(path);
        }

        return parts.Count == 0 ? null : Path.Combine(path, parts[^1]);
    }
}
