using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Hosting;
using Harness.Agent.Services;

namespace Harness.Agent.Notices;

/// <summary>vkvmagent.v1.NodeNotices: sends what stands, and again what has changed. A slow caller gets the latest. Thread-safe.</summary>
internal sealed class NodeNoticesService(NoticeBoard board, ServingState serving) : NodeNotices.NodeNoticesBase
{
    public override async Task WatchNotices(
        WatchNoticesRequest request, IServerStreamWriter<WatchNoticesResponse> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, serving.StreamsEnd);
        while (!ending.IsCancellationRequested)
        {
            var (current, changed) = board.Look();
            if (current is not null)
            {
                await responseStream.WriteAsync(current, context.CancellationToken);
            }

            await Streams.WaitAsync(changed.WaitAsync(ending.Token));
        }

        Streams.ThrowEnded(context);
    }
}
