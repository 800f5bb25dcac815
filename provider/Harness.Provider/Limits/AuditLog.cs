using System.Text.Json;
using Harness.Provider.Lifecycle;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Limits;

/// <summary>
/// Every mutation of EC2, as one line of JSON: when, what, on which instance, for which pod, why, with what result. Into the file
/// when one is configured, and into the log. Thread-safe.
/// </summary>
internal sealed partial class AuditLog(string? path, TimeProvider clock, ILogger<AuditLog> logger) : IDisposable
{
    private readonly Lock _lock = new();
    private StreamWriter? _file;

    public void Write(string operation, string resource, PodDemand? pod, string reason, string result)
    {
        Log.Mutation(logger, operation, resource, pod?.Namespace ?? "", pod?.Name ?? "", pod?.Uid ?? "", reason, result);
        if (path is null)
        {
            return;
        }

        var line = JsonSerializer.Serialize(
            new AuditEntry(clock.GetUtcNow(), operation, resource, pod?.Uid, pod?.Namespace, pod?.Name, reason, result), AuditJson.Default.AuditEntry);
        lock (_lock)
        {
            try
            {
                _file ??= new StreamWriter(path, append: true) { AutoFlush = true };
                _file.WriteLine(line);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Log.NotWritten(logger, path, exception.Message);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "EC2 {Operation} {InstanceId} for pod {Namespace}/{Pod} ({PodUid}): {Reason}: {Result}")]
        public static partial void Mutation(
            ILogger logger, string operation, string instanceId, string @namespace, string pod, string podUid, string reason, string result);

        [LoggerMessage(Level = LogLevel.Error, Message = "The audit log {Path} cannot be written, check its folder and permissions: {Detail}")]
        public static partial void NotWritten(ILogger logger, string path, string detail);
    }
}
