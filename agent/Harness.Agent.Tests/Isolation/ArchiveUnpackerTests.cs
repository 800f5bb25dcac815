using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Harness.Agent.Images;
using Harness.Testing;

namespace Harness.Agent.Tests.Isolation;

/// <summary>What comes out of archives, and what must not.</summary>
public sealed class ArchiveUnpackerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Tree => Path.Combine(_folder.Path, "tree");

    public static TheoryData<string, TarEntry> Hostile => new()
    {
        { "parent", File("../out") },
        { "absolute", File("/out") },
        { "inner parent", File("a/../../out") },
        { "link out", Link("link", "../../etc") },
        { "absolute link", Link("link", "/etc/passwd") },
        { "device", new PaxTarEntry(TarEntryType.CharacterDevice, "null") },
        { "pipe", new PaxTarEntry(TarEntryType.Fifo, "pipe") },
        { "hard link out", new PaxTarEntry(TarEntryType.HardLink, "hard") { LinkName = "../secret" } },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Unpack_TarGz_FilesFoldersLinksAndModes()
    {
        using var archive = new MemoryStream();
        using (var packed = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            Write(packed, File("bin/run", (UnixFileMode)0b111_101_101 | UnixFileMode.SetUser), Link("bin/alias", "run"), new PaxTarEntry(TarEntryType.HardLink, "copy") { LinkName = "bin/run" });
        }

        Unpack(archive);

        Assert.Equal("content", System.IO.File.ReadAllText(Path.Combine(Tree, "bin", "alias")));
        Assert.Equal("content", System.IO.File.ReadAllText(Path.Combine(Tree, "copy")));
        Assert.Equal((UnixFileMode)0b111_101_101, System.IO.File.GetUnixFileMode(Path.Combine(Tree, "bin", "run")));
    }

    [Fact]
    public void Unpack_Zip_FilesAndFolders()
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var writer = new StreamWriter(zip.CreateEntry("a/b").Open());
            writer.Write("content");
        }

        Unpack(archive);

        Assert.Equal("content", System.IO.File.ReadAllText(Path.Combine(Tree, "a", "b")));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Unpack_EntryThatLeadsOut_RefusedAndNothingOutside(string what, TarEntry entry)
    {
        System.IO.File.WriteAllText(Path.Combine(_folder.Path, "secret"), what);
        using var archive = new MemoryStream();
        Write(archive, entry);

        Assert.Throws<ImageException>(() => Unpack(archive));

        Assert.Equal(["secret", "tree"], Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)!).Order());
    }

    [Fact]
    public void Unpack_FileThroughALink_Refused()
    {
        using var archive = new MemoryStream();
        Write(archive, new PaxTarEntry(TarEntryType.Directory, "real"), Link("link", "real"), File("link/file"));

        Assert.Throws<ImageException>(() => Unpack(archive));
    }

    [Fact]
    public void Unpack_MoreThanTheLimit_Refused()
    {
        using var archive = new MemoryStream();
        Write(archive, File("a"), File("b"));

        Assert.Throws<ImageException>(() => Unpack(archive, new UnpackLimits(1000, 10, 100)));
    }

    [Fact]
    public void Unpack_NoArchive_SaysSo()
    {
        using var archive = new MemoryStream(Encoding.ASCII.GetBytes(new string('x', 2000)));

        Assert.Throws<ImageException>(() => Unpack(archive));
    }

    private static PaxTarEntry File(string name, UnixFileMode mode = UnixFileMode.UserRead) =>
        new(TarEntryType.RegularFile, name) { Mode = mode, DataStream = new MemoryStream(Encoding.ASCII.GetBytes("content")) };

    private static PaxTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    private static void Write(Stream stream, params TarEntry[] entries)
    {
        using var writer = new TarWriter(stream, leaveOpen: true);
        foreach (var entry in entries)
        {
            writer.WriteEntry(entry);
        }
    }

    private void Unpack(MemoryStream archive, UnpackLimits? limits = null)
    {
        archive.Position = 0;
        Directory.CreateDirectory(Tree);
        new ArchiveUnpacker(Tree, limits ?? UnpackLimits.Default).Unpack(archive);
    }
}
