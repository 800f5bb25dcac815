using System.IO.Pipelines;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Reading;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// Serves watch requests: one stream of events until the timeout, the client's leaving or the server's stop. Safe for any thread.
/// </summary>
internal sealed class WatchHandler(ApiOperations operations, TimeProvider time, CancellationToken stopping)
{
    public async Task HandleAsync(ApiExchange exchange, ObjectSelection selection)
    {
        WatchQuery query = ReadOptions.Watch(exchange.Request, selection);
        Negotiation negotiation = exchange.Negotiate();
        if (negotiation.Media == MediaType.Yaml)
        {
            throw ApiErrors.NotAcceptable("application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
        }

        var response = exchange.Http.Response;
        response.ContentType = negotiation.Media == MediaType.Protobuf && negotiation.Form == ObjectForm.Whole
            ? negotiation.ContentType + ";stream=watch"
            : negotiation.ContentType;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted, stopping);
        await response.StartAsync(ended.Token);
        PipeWriter output = response.BodyWriter;
        await output.FlushAsync(ended.Token);
        var writer = new WatchWriter(output, exchange.Resource, negotiation with { IsPretty = false }, exchange.Include(), time);
        try
        {
            await foreach (IReadOnlyList<WatchItem> batch in operations.Watcher.WatchAsync(exchange.Stored, query, ended.Token))
            {
                foreach (WatchItem item in batch)
                {
                    writer.Write(item);
                }

                await output.FlushAsync(ended.Token);
            }
        }
        catch (RevisionExpiredException expired)
        {
            writer.WriteError(ApiErrors.Expired(expired.Message).Status);
            await output.FlushAsync(ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has left or the server stops: the stream just ends.
        }
    }
}
