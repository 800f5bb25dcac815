using Microsoft.Extensions.Logging;

namespace Harness.Kubernetes.Queues;

/// <summary>
/// Takes keys from a queue and works on them, several at a time, one worker to a key. Work that throws is logged, backed off and tried
/// again for ever. Run by one owner.
/// </summary>
/// <param name="queue">Where the keys come from.</param>
/// <param name="work">Does what a key needs; returns when to look at it again, or null for not before it is added.</param>
/// <param name="logger">Told of failures.</param>
public sealed partial class WorkLoop<TKey>(WorkQueue<TKey> queue, Func<TKey, CancellationToken, Task<TimeSpan?>> work, ILogger logger)
    where TKey : notnull
{
    /// <summary>Works until cancelled; returns once every worker is through with its key.</summary>
    public async Task RunAsync(int workers, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(cancellationToken)));
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        // Workers share the caller's thread until the first await otherwise.
        await Task.Yield();
        try
        {
            while (true)
            {
                var key = await queue.TakeAsync(cancellationToken);
                await WorkOnAsync(key, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task WorkOnAsync(TKey key, CancellationToken cancellationToken)
    {
        try
        {
            var again = await work(key, cancellationToken);
            queue.Forget(key);
            if (again is { } delay)
            {
                queue.AddAfter(key, delay);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            var delay = queue.AddAfterFailure(key, (exception as KubernetesApiException)?.RetryAfter);
            Log.WorkFailed(logger, exception, key.ToString() ?? "", queue.FailuresOf(key), delay);
        }
        finally
        {
            queue.Done(key);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Work on {Key} failed {Failures} time(s) in a row; next try in {Delay}")]
        public static partial void WorkFailed(ILogger logger, Exception exception, string key, int failures, TimeSpan delay);
    }
}
