using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Serves the calls of one method: runs the handler, and answers with its status or the deadline's. Thread-safe.</summary>
internal sealed partial class MethodEndpoint(
    IMethod method, ServerServices services, GrpcServiceOptions options, Func<ServerCall, Task> handler)
{
    // A client can ask for any name: what is not here shares one.
    private readonly string _telemetryName = method is UnimplementedMethod ? "other" : method.FullName[1..];

    public async Task HandleAsync(HttpContext http)
    {
        if (GrpcRequest.Refusal(http.Request) is { } refusal)
        {
            Log.Refused(services.Logger, method.FullName, refusal);
            http.Response.StatusCode = refusal;
            return;
        }

        GrpcRequest.LiftBodyLimits(http);
        using var call = new ServerCall(http, method, options, services.TimeProvider);
        var begun = services.Telemetry.Begin(http, _telemetryName);
        var status = new Status(StatusCode.Unknown, "");
        try
        {
            call.Start();
            status = await ServeAsync(call);
        }
        finally
        {
            services.Telemetry.End(http, _telemetryName, status, begun);
        }
    }

    private async Task<Status> ServeAsync(ServerCall call)
    {
        var handling = RunHandlerAsync(call);
        if (await Task.WhenAny(handling, call.DeadlineExceeded) == handling)
        {
            var status = await handling;
            await call.FinishAsync(status);
            return status;
        }

        await call.FinishAtDeadlineAsync();

        // The request's objects are the server's again once this method returns, so the handler must have ended.
        await handling;
        return new Status(StatusCode.DeadlineExceeded, "");
    }

    private async Task<Status> RunHandlerAsync(ServerCall call)
    {
        try
        {
            call.ThrowIfUnknownEncoding();
            await handler(call);
            return call.Status;
        }
        catch (Exception exception)
        {
            return StatusOf(call, exception);
        }
    }

    private Status StatusOf(ServerCall call, Exception exception)
    {
        if (exception is RpcException rpc)
        {
            call.AddTrailers(rpc.Trailers);
            Log.Failed(services.Logger, method.FullName, rpc.StatusCode, rpc.Status.Detail);
            return rpc.Status;
        }

        if (IsCallerGone(call, exception))
        {
            return new Status(StatusCode.Cancelled, "The call was cancelled by the client.");
        }

        Log.Threw(services.Logger, exception, method.FullName);
        var detail = options.EnableDetailedErrors == true
            ? $"Exception was thrown by handler. {exception.GetType().Name}: {exception.Message}"
            : "Exception was thrown by handler.";
        return new Status(StatusCode.Unknown, detail, exception);
    }

    private static bool IsCallerGone(ServerCall call, Exception exception) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (call.CancellationToken.IsCancellationRequested && exception is OperationCanceledException or IOException);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Refused a request for {Method} with HTTP status {HttpStatus}")]
        public static partial void Refused(ILogger logger, string method, int httpStatus);

        [LoggerMessage(Level = LogLevel.Debug, Message = "gRPC method {Method} answered {StatusCode}: {Detail}")]
        public static partial void Failed(ILogger logger, string method, StatusCode statusCode, string detail);

        [LoggerMessage(Level = LogLevel.Error, Message = "gRPC method {Method} threw an exception")]
        public static partial void Threw(ILogger logger, Exception exception, string method);
    }
}
