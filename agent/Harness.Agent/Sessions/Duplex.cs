namespace Harness.Agent.Sessions;

/// <summary>Runs the two directions of a call side by side. The end of sending is the end of both; receiving that fails ends sending.</summary>
internal static class Duplex
{
    public static async Task RunAsync(
        Func<CancellationToken, Task> receive, Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var receiving = ReceiveAsync(receive, ending);
        try
        {
            await send(ending.Token);
        }
        finally
        {
            await ending.CancelAsync();
            // Its failure, when there is one, is why sending ended.
            await receiving;
        }
    }

    private static async Task ReceiveAsync(Func<CancellationToken, Task> receive, CancellationTokenSource ending)
    {
        try
        {
            await receive(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
        catch
        {
            await ending.CancelAsync();
            throw;
        }
    }
}
