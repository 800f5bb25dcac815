using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Harness.Agent.Applications;
using Harness.Agent.Images;
using Harness.Agent.Workloads;

namespace Harness.Agent.Hosting;

/// <summary>
/// Runs probes and lifecycle hooks, and fetches images, beside the application's loop and reports their outcome as events. Owns the tasks it starts:
/// one per probe and hook at most, for the core starts no second one before the answer. Thread-safe.
/// </summary>
internal sealed class HandlerRunner(IWorkloadRuntime runtime, ImageStore images, TimeProvider timeProvider) : IDisposable
{
    private const int Success = 200;
    private const int FirstFailure = 400;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _tasks = new();
    private readonly Lazy<HttpClient> _http = new(NewClient);

    public void RunProbe(ApplicationEffect.RunProbe probe, Action<ApplicationEvent> report) => Track(async () =>
    {
        var (success, message) = await RunAsync(probe.Key, probe.Spec, probe.Probe.Handler, probe.Probe.Timeout);
        report(new ApplicationEvent.ProbeAnswered(probe.Key, probe.Kind, success, message));
    });

    public void RunHook(ApplicationEffect.RunHook hook, Action<ApplicationEvent> report) => Track(async () =>
    {
        var (success, message) = await RunAsync(hook.Key, hook.Spec, hook.Handler, Timeout.InfiniteTimeSpan);
        report(new ApplicationEvent.HookAnswered(hook.Key, hook.Kind, success, message));
    });

    public void FetchImage(ApplicationEffect.FetchImage fetch, Action<ApplicationEvent> report) => Track(async () =>
    {
        try
        {
            report(new ApplicationEvent.ImageAnswered(fetch.Key, await images.FetchAsync(fetch.Source, _stopping.Token)));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next agent fetches it.
        }
    });

    /// <summary>Cancels what runs and waits for it.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_tasks.Keys);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

    /// <summary>As the kubelet: a probe does not check the server's certificate and does not follow redirects elsewhere.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "Probes of Kubernetes do not verify the server's certificate.")]
    private static HttpClient NewClient()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private void Track(Func<Task> run)
    {
        var task = Task.Run(run, CancellationToken.None);
        _tasks[task] = true;
        task.ContinueWith(done => _tasks.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task<(bool Success, string Message)> RunAsync(WorkloadKey key, ContainerSpec spec, HandlerSpec handler, TimeSpan timeout)
    {
        using var timer = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, _stopping.Token);
        try
        {
            var outcome = await RunAsync(key, spec, handler, either.Token);
            return timer.IsCancellationRequested ? (false, $"no answer within {timeout.TotalSeconds:0} s") : outcome;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            return (false, $"no answer within {timeout.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or IOException or OperationCanceledException)
        {
            return (false, exception.Message);
        }
    }

    private async Task<(bool Success, string Message)> RunAsync(
        WorkloadKey key, ContainerSpec spec, HandlerSpec handler, CancellationToken cancellationToken)
    {
        switch (handler)
        {
            case HandlerSpec.Exec exec:
                var result = await runtime.ExecAsync(key, spec, exec.CommandLine, cancellationToken);
                return (result.ExitCode == 0, $"exit code {result.ExitCode}: {result.Output}");
            case HandlerSpec.HttpGet get:
                return await GetAsync(get, cancellationToken);
            case HandlerSpec.TcpSocket tcp:
                using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
                {
                    await socket.ConnectAsync(tcp.Host, tcp.Port, cancellationToken);
                }

                return (true, "");
            case HandlerSpec.Grpc grpc:
                return await GrpcProbe.CheckAsync(grpc, cancellationToken);
            case HandlerSpec.Sleep sleep:
                await Task.Delay(sleep.Duration, timeProvider, cancellationToken);
                return (true, "");
            default:
                throw new InvalidOperationException($"The agent cannot run {handler.GetType().Name}.");
        }
    }

    private async Task<(bool Success, string Message)> GetAsync(HandlerSpec.HttpGet get, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, get.Url);
        foreach (var (name, value) in get.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var status = (int)response.StatusCode;
        return (status is >= Success and < FirstFailure, $"HTTP status {status}");
    }
}
