namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Ends what a call made for itself; what the container gave is the container's to end.</summary>
internal static class Ownership
{
    public static async ValueTask ReleaseAsync(object instance, bool isOwned)
    {
        if (!isOwned)
        {
            return;
        }

        if (instance is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync();
        }
        else if (instance is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }
}
