using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Tests.Wire;

public sealed class FramingTests
{
    private static readonly Marshaller<string> Text = Marshallers.StringMarshaller;

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 0 }, false, 0)]
    [InlineData(new byte[] { 1, 0, 0, 1, 2, 9 }, true, 258)]
    public void TryRead_WholeHeader_IsParsed(byte[] bytes, bool isCompressed, int length)
    {
        Assert.True(FrameHeader.TryRead(new ReadOnlySequence<byte>(bytes), out var header));
        Assert.Equal(new FrameHeader(isCompressed, length), header);
    }

    [Fact]
    public void TryRead_TooFewBytes_WaitsForMore() =>
        Assert.False(FrameHeader.TryRead(new ReadOnlySequence<byte>([0, 0, 0, 0]), out _));

    [Theory]
    [InlineData(new byte[] { 2, 0, 0, 0, 0 }, StatusCode.Internal)]
    [InlineData(new byte[] { 0, 255, 255, 255, 255 }, StatusCode.ResourceExhausted)]
    public void TryRead_ImpossibleHeader_Throws(byte[] bytes, StatusCode expected) =>
        Assert.Equal(expected, Assert.Throws<RpcException>(() => FrameHeader.TryRead(new ReadOnlySequence<byte>(bytes), out _)).StatusCode);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Write_Messages_AreReadBackInAnyPieces(bool isCompressed, bool isBuffered)
    {
        var bytes = Write(isCompressed, isBuffered ? Text : Direct(), "", "one", new string('x', 10_000));
        foreach (var pieceSize in new[] { 1, 4, 5, 6, 4096, bytes.Length })
        {
            var reader = new FrameReader(PipeReader.Create(new SlowStream(bytes, pieceSize)), null, WellKnown.GzipEncoding);

            Assert.Equal("", await ReadAsync(reader));
            Assert.Equal("one", await ReadAsync(reader));
            Assert.Equal(new string('x', 10_000), await ReadAsync(reader));
            Assert.Null(await ReadAsync(reader));
            Assert.Null(await ReadAsync(reader));
        }
    }

    [Fact]
    public void Write_KnownLength_NeedsNoBuffer()
    {
        var bytes = Write(isCompressed: false, Direct(), "abc");

        Assert.Equal([0, 0, 0, 0, 3, (byte)'a', (byte)'b', (byte)'c'], bytes);
    }

    [Fact]
    public void Write_WrongLength_BreaksTheStream()
    {
        var writer = new FrameWriter(PipeWriter.Create(Stream.Null), null);

        var failure = Assert.Throws<RpcException>(() => writer.Write(
            (string _, SerializationContext context) =>
            {
                context.SetPayloadLength(5);
                context.GetBufferWriter().Write("four"u8);
                context.Complete();
            },
            "",
            isCompressed: false));

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.True(writer.IsBroken);
    }

    [Fact]
    public void Write_SerializerThrowsBeforeWriting_LeavesTheStreamWhole()
    {
        var writer = new FrameWriter(PipeWriter.Create(Stream.Null), null);

        var failure = Assert.Throws<RpcException>(
            () => writer.Write((string _, SerializationContext _) => throw new FormatException("no"), "", isCompressed: false));

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.False(writer.IsBroken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_MessageBeyondTheLimit_IsResourceExhausted(bool isCompressed)
    {
        var bytes = Write(isCompressed, Text, new string('x', 101));
        var reader = new FrameReader(PipeReader.Create(new MemoryStream(bytes)), 100, WellKnown.GzipEncoding);

        var failure = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(reader));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 65 })]
    public async Task Read_CutOff_IsInternal(byte[] bytes)
    {
        var reader = new FrameReader(PipeReader.Create(new MemoryStream(bytes)), null, WellKnown.IdentityEncoding);

        Assert.Equal(StatusCode.Internal, (await Assert.ThrowsAsync<RpcException>(() => ReadAsync(reader))).StatusCode);
    }

    [Fact]
    public async Task Read_CompressedWithoutEncoding_IsInternal()
    {
        var reader = new FrameReader(
            PipeReader.Create(new MemoryStream(Write(isCompressed: true, Text, "x"))), null, WellKnown.IdentityEncoding);

        Assert.Equal(StatusCode.Internal, (await Assert.ThrowsAsync<RpcException>(() => ReadAsync(reader))).StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task ReadSingle_NotOneMessage_IsInternal(int count)
    {
        var bytes = Write(isCompressed: false, Text, [.. Enumerable.Repeat("x", count)]);
        var reader = new FrameReader(PipeReader.Create(new MemoryStream(bytes)), null, WellKnown.IdentityEncoding);

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => reader.ReadSingleAsync(Text.ContextualDeserializer, CancellationToken.None).AsTask());

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
    }

    private static Marshaller<string> Direct() => Marshallers.Create(
        (text, context) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            context.SetPayloadLength(bytes.Length);
            context.GetBufferWriter().Write(bytes);
            context.Complete();
        },
        context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()));

    private static byte[] Write(bool isCompressed, Marshaller<string> marshaller, params string[] messages)
    {
        using var stream = new MemoryStream();
        var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        var writer = new FrameWriter(output, null);
        foreach (var message in messages)
        {
            writer.Write(marshaller.ContextualSerializer, message, isCompressed);
        }

        output.Complete();
        return stream.ToArray();
    }

    private static async Task<string?> ReadAsync(FrameReader reader) =>
        await reader.ReadAsync(Text.ContextualDeserializer, CancellationToken.None);

    private sealed class SlowStream(byte[] content, int pieceSize) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceSize)], cancellationToken);
    }
}
