using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Provider.Agents;
using Harness.Provider.Runtime;
using Microsoft.AspNetCore.Http;

namespace Harness.Provider.KubeletApi;

/// <summary>
/// Serves a container's logs out of the agent's Logs service, over a connection of its own that ends with the request. Thread-safe.
/// </summary>
internal sealed class LogHandler(PodWorkers workers, AgentConnector connector, TimeProvider clock)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(HttpContext context, string ns, string pod, string container)
    {
        if (workers.Find(ns, pod) is not { } worker)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"pod {ns}/{pod} is not on this node");
            return;
        }

        var (request, problem) = LogQuery.Read(container, context.Request.Query, clock.GetUtcNow());
        if (request is null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, problem);
        }
        else if (worker.Record.Instance is not { IsDead: false, PrivateIp: { } address })
        {
            var view = worker.Record.Wanted;
            var why = view.Report is null ? $"waits: {view.WaitingReason}: {view.WaitingMessage}" : "has no instance any more; its logs went with it";
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"container \"{container}\" of pod {ns}/{pod} {why}");
        }
        else
        {
            await StreamAsync(context, address, request);
        }
    }

    private async Task StreamAsync(HttpContext context, string address, ReadLogsRequest request)
    {
        using var channel = connector.OpenChannel(address, ConnectTimeout);
        var client = new Logs.LogsClient(channel);
        try
        {
            using var call = client.ReadLogs(request, new CallOptions(cancellationToken: context.RequestAborted));
            context.Response.ContentType = "text/plain";
            while (await call.ResponseStream.MoveNext(context.RequestAborted))
            {
                await context.Response.Body.WriteAsync(call.ResponseStream.Current.Data.Memory, context.RequestAborted);
                if (request.Follow)
                {
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                }
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (RpcException exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            await EndAsync(context, address, exception);
        }
        catch (RpcException)
        {
            // The reader has gone.
        }
    }

    private static async Task EndAsync(HttpContext context, string address, RpcException exception)
    {
        if (context.Response.HasStarted)
        {
            // What was promised cannot be kept: the reader has to see that the log is not whole.
            context.Abort();
            return;
        }

        var (status, message) = exception.StatusCode switch
        {
            StatusCode.Unimplemented => (StatusCodes.Status501NotImplemented, "logs are not supported by this pod's agent (no service vkvmagent.v1.Logs)"),
            StatusCode.NotFound => (StatusCodes.Status404NotFound, exception.Status.Detail),
            StatusCode.FailedPrecondition or StatusCode.InvalidArgument => (StatusCodes.Status400BadRequest, exception.Status.Detail),
            StatusCode.Unavailable => (StatusCodes.Status503ServiceUnavailable, $"the agent at {address} does not answer: {exception.Status.Detail}"),
            _ => (StatusCodes.Status500InternalServerError, $"the agent at {address} answered {exception.StatusCode}: {exception.Status.Detail}"),
        };
        await RefuseAsync(context, status, message);
    }

    private static async Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }
}
