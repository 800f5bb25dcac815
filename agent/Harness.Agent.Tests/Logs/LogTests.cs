using System.Text;
using Harness.Agent.Applications;
using Harness.Agent.Logs;
using Harness.Agent.Workloads;
using Harness.Testing;

namespace Harness.Agent.Tests.Logs;

public sealed class LogTests : IDisposable
{
    private static readonly WorkloadKey Key = new("uid", "main", 0);
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly StateDirectory _directory;

    public LogTests()
    {
        _directory = StateDirectory.Open(_folder.Path);
    }

    public void Dispose()
    {
        _directory.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ReadAsync_TwoStreams_LinesInOrder()
    {
        var log = Open(LogLimits.Default);
        Write(log, "one\ntw");
        log.Write(OutputStream.Stderr, "bad\n"u8);
        Write(log, "o\nrest");
        log.Complete();

        Assert.Equal("one\nbad\ntwo\nrest", await ReadAsync(log, All));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "four\nfive\n")]
    [InlineData(99, "one\ntwo\nthree\nfour\nfive\n")]
    [Trait("Clause", "G-02")]
    public async Task ReadAsync_Tail_TheLastLines(int tail, string expected)
    {
        var log = Open(LogLimits.Default);
        Write(log, "one\ntwo\nthree\nfour\nfive\n");

        Assert.Equal(expected, await ReadAsync(log, All with { Tail = tail }));
    }

    [Fact]
    [Trait("Clause", "G-02")]
    public async Task ReadAsync_SinceAndTimestamps_FromThatTimeOn()
    {
        var log = Open(LogLimits.Default);
        Write(log, "early\n");
        _clock.Advance(TimeSpan.FromSeconds(5));
        Write(log, "late\n");

        var text = await ReadAsync(log, All with { Since = _clock.GetUtcNow(), Timestamps = true });

        Assert.Equal("2026-01-01T00:00:05.000000000Z late\n", text);
    }

    [Fact]
    [Trait("Clause", "G-02")]
    public async Task ReadAsync_LimitBytes_StopsThere()
    {
        var log = Open(LogLimits.Default);
        Write(log, "one\ntwo\n");

        Assert.Equal("one\nt", await ReadAsync(log, All with { LimitBytes = 5 }));
    }

    [Fact]
    public async Task ReadAsync_Follow_SeesWhatIsWrittenLaterAndEnds()
    {
        var log = Open(LogLimits.Default);
        Write(log, "before\n");
        await using var chunks = new LogReader(log, All with { Follow = true }).ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync());
        Assert.Equal("before\n", Encoding.UTF8.GetString(chunks.Current));

        var next = chunks.MoveNextAsync();
        Write(log, "after\n");
        Assert.True(await next);
        Assert.Equal("after\n", Encoding.UTF8.GetString(chunks.Current));

        log.Complete();
        Assert.False(await chunks.MoveNextAsync());
    }

    [Fact]
    [Trait("Clause", "G-06")]
    public async Task Write_MoreThanTheLimits_KeepsTheLatestSegments()
    {
        var log = Open(new LogLimits(SegmentBytes: 500, Segments: 2, LineBytes: 64));
        for (var line = 0; line < 200; line++)
        {
            Write(log, $"line {line}\n");
        }

        log.Complete();

        var lines = (await ReadAsync(log, All)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("line 199", lines[^1]);
        Assert.InRange(lines.Length, 5, 25);
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.InRange(Directory.GetFiles(_directory.LogFolder(Key)).Sum(file => new FileInfo(file).Length), 1, 1200);
    }

    [Fact]
    public async Task Write_LongLineWithoutLineFeed_KeptByteByByte()
    {
        var log = Open(new LogLimits(SegmentBytes: 100_000, Segments: 2, LineBytes: 64));
        var text = string.Concat(Enumerable.Range(0, 1000).Select(number => $"{number},"));
        foreach (var part in text.Chunk(77))
        {
            Write(log, new string(part));
        }

        log.Complete();

        Assert.Equal(text, await ReadAsync(log, All));
        Assert.StartsWith("2026-01-01T00:00:00.000000000Z 0,1,", await ReadAsync(log, All with { Timestamps = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FolderCannotBeMade_LosesLinesOnly()
    {
        var inTheWay = _directory.LogFolder(Key);
        Directory.CreateDirectory(Path.GetDirectoryName(inTheWay)!);
        File.WriteAllText(inTheWay, "");
        var log = Open(LogLimits.Default);

        Write(log, "lost\n");
        log.Complete();

        Assert.Equal(1, log.LostWrites);
    }

    private static LogQuery All => new(false, false, null, null, null);

    private static void Write(ContainerLog log, string text) => log.Write(OutputStream.Stdout, Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadAsync(ContainerLog log, LogQuery query)
    {
        var text = new StringBuilder();
        await foreach (var chunk in new LogReader(log, query).ReadAsync(CancellationToken.None))
        {
            text.Append(Encoding.UTF8.GetString(chunk));
        }

        return text.ToString();
    }

    private ContainerLog Open(LogLimits limits) => new(_directory.LogFolder(Key), limits, _clock);
}
