using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Clusters.Installation;

/// <summary>
/// The provider's identity in a cluster: a token of its service account, in a file that is renewed long before the token ends, as a kubelet
/// renews the one that it puts into a pod. One owner; one loop.
/// </summary>
internal sealed partial class ProviderCredentials(HttpApiClient administrator, ApiAccess server, ClusterSite site) : IAsyncDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger<ProviderCredentials> _logger = site.Loggers.CreateLogger<ProviderCredentials>();
    private Task _renewing = Task.CompletedTask;

    private string TokenFile => Path.Combine(site.Directory.Provider, "token");

    /// <summary>Writes the first token, renews it from then on, and returns a kubeconfig that names its file.</summary>
    public async Task<string> StartAsync(CancellationToken cancellationToken)
    {
        var due = await WriteTokenAsync(cancellationToken);
        _renewing = RenewAsync(due, _stopping.Token);
        return Kubeconfig.Write(server, ProviderRole.ServiceAccountName, TokenFile);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _renewing;
        _stopping.Dispose();
        File.Delete(TokenFile);
    }

    private async Task RenewAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(due, site.Time, cancellationToken);
                due = await TryWriteTokenAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The simulator stops.
        }
    }

    private async Task<TimeSpan> TryWriteTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await WriteTokenAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or ApiStatusException)
        {
            Log.Failed(_logger, exception.Message, Retry);
            return Retry;
        }
    }

    /// <summary>Returns after how long the next one is due: half of the life that the server gave this one.</summary>
    private async Task<TimeSpan> WriteTokenAsync(CancellationToken cancellationToken)
    {
        var token = await administrator.TokenAsync(ProviderRole.Namespace, ProviderRole.ServiceAccountName, Life, cancellationToken);
        await PrivateFile.WriteAsync(TokenFile, token.Token, cancellationToken);
        var life = DateTimeOffset.FromUnixTimeSeconds(token.ExpirationTimestamp.Seconds) - site.Time.GetUtcNow();
        return life / 2 > Retry ? life / 2 : Retry;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The provider's token could not be renewed, trying again in {Pause}: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, TimeSpan pause);
    }
}
