namespace Harness.Provider.Runtime;

/// <summary>Runs loops side by side until cancelled; when one breaks, the others are stopped, and its exception is the group's.</summary>
internal static class LoopGroup
{
    public static async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> loops, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(loops.Select(loop => GuardAsync(loop, stopping)));
    }

    private static async Task GuardAsync(Func<CancellationToken, Task> loop, CancellationTokenSource stopping)
    {
        try
        {
            await Task.Yield();
            await loop(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch
        {
            await stopping.CancelAsync();
            throw;
        }
    }
}
