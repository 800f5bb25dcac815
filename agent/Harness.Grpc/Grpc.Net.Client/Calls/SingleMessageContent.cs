using System.IO.Pipelines;
using System.Net;

namespace Grpc.Net.Client.Calls;

/// <summary>A request body of one message, serialized straight into the connection's stream.</summary>
internal sealed class SingleMessageContent(Action<PipeWriter> serialize) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        serialize(output);
        await output.FlushAsync(cancellationToken);
        await output.CompleteAsync();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
