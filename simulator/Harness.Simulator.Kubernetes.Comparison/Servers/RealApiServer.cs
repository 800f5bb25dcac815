using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Harness.Simulator.Kubernetes.Comparison.Servers;

/// <summary>
/// A real etcd and kube-apiserver, without controllers, in a folder of their own that goes with them. The API server is started twice:
/// what was written before the second start is older than its watch caches, and compacted away.
/// </summary>
internal sealed class RealApiServer : IApiServer
{
    private const int TailLines = 20;
    private static readonly TimeSpan _startLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly string _programs;
    private readonly string _folder = Directory.CreateTempSubdirectory("compare-apis-").FullName;
    private readonly int _etcdPort = FreePort();
    private readonly int _apiPort = FreePort();
    private ServerProcess? _etcd;
    private ServerProcess? _api;

    private RealApiServer(string programs) => _programs = programs;

    public string Version { get; private set; } = "";

    public HttpClient Client { get; private set; } = new();

    /// <param name="programs">The folder that holds etcd and kube-apiserver.</param>
    /// <param name="cancellationToken">Ends the wait; what has been started is ended.</param>
    /// <exception cref="TimeoutException">A server did not become ready; the message ends with what it printed.</exception>
    public static async Task<RealApiServer> StartAsync(string programs, CancellationToken cancellationToken)
    {
        var server = new RealApiServer(programs);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for what needs the server; when the server has ended meanwhile, says what it printed last.</summary>
    /// <exception cref="InvalidOperationException">The server has ended.</exception>
    public async Task<T> WatchedAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (HttpRequestException)
        {
            await _api!.EndsWithinAsync(_pause * 10);
            Check(_api, "kube-apiserver.log");
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await EndAsync(_api);
        await EndAsync(_etcd);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        WriteFiles();
        using var etcd = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_etcdPort}") };
        _etcd = ServerProcess.Start(Path.Combine(_programs, "etcd"), In("etcd.log"), EtcdArguments());
        await WaitAsync(etcd, "/health", _etcd, "etcd.log", cancellationToken);
        await StartApiAsync(cancellationToken);
        await EndAsync(_api);
        await CompactAsync(etcd, cancellationToken);
        await StartApiAsync(cancellationToken);
        Version = await TrustedClient.VersionAsync(Client, cancellationToken);
    }

    private async Task StartApiAsync(CancellationToken cancellationToken)
    {
        _api = ServerProcess.Start(Path.Combine(_programs, "kube-apiserver"), In("kube-apiserver.log"), ApiArguments());
        while (!File.Exists(In("certs/apiserver.crt")))
        {
            await Task.Delay(_pause, TimeProvider.System, cancellationToken);
            Check(_api, "kube-apiserver.log");
        }

        Client.Dispose();
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPemFile(In("certs/apiserver.crt"));
        Client = TrustedClient.Create(new Uri($"https://127.0.0.1:{_apiPort}"), trusted[^1]);
        Client.DefaultRequestHeaders.Authorization = new("Bearer", Users.AdminToken);
        await WaitAsync(Client, "/readyz", _api, "kube-apiserver.log", cancellationToken);
        Client.DefaultRequestHeaders.Authorization = null;
    }

    private void WriteFiles()
    {
        File.WriteAllText(In("tokens.csv"), $"{Users.AdminToken},{Users.Admin},1,\"{Users.Masters}\"\n{Users.LimitedToken},{Users.Limited},2\n");
        using RSA key = RSA.Create(2048);
        File.WriteAllText(In("service-accounts.key"), key.ExportRSAPrivateKeyPem());
        File.WriteAllText(In("service-accounts.pub"), key.ExportSubjectPublicKeyInfoPem());
    }

    private string[] EtcdArguments() =>
    [
        "--data-dir", In("etcd"),
        "--listen-client-urls", $"http://127.0.0.1:{_etcdPort}", "--advertise-client-urls", $"http://127.0.0.1:{_etcdPort}",
        "--listen-peer-urls", "http://127.0.0.1:0",
    ];

    private string[] ApiArguments() =>
    [
        $"--etcd-servers=http://127.0.0.1:{_etcdPort}", "--etcd-compaction-interval=0",
        "--bind-address=127.0.0.1", "--advertise-address=10.255.255.1", $"--secure-port={_apiPort}", $"--cert-dir={In("certs")}",
        "--endpoint-reconciler-type=none", "--service-cluster-ip-range=10.96.0.0/16",
        "--authorization-mode=Node,RBAC", "--allow-privileged=true", $"--token-auth-file={In("tokens.csv")}",
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        $"--service-account-signing-key-file={In("service-accounts.key")}", $"--service-account-key-file={In("service-accounts.pub")}",
        "--feature-gates=BoundServiceAccountTokenVolume=true",
    ];

    private static async Task CompactAsync(HttpClient etcd, CancellationToken cancellationToken)
    {
        using HttpResponseMessage range = await etcd.PostAsJsonAsync("/v3/kv/range", new { key = "AA==" }, cancellationToken);
        var answer = await range.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>(cancellationToken);
        var revision = (string)answer!["header"]!["revision"]!;
        using HttpResponseMessage compaction = await etcd.PostAsJsonAsync("/v3/kv/compaction", new { revision, physical = true }, cancellationToken);
        compaction.EnsureSuccessStatusCode();
    }

    private async Task WaitAsync(HttpClient client, string path, ServerProcess process, string log, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_startLimit, TimeProvider.System);
        while (!await IsGoodAsync(client, path, cancellationToken))
        {
            Check(process, log);
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{client.BaseAddress}{path} was not ready after {_startLimit}. {Tail(log)}");
            }

            await Task.Delay(_pause, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<bool> IsGoodAsync(HttpClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Check(ServerProcess process, string log)
    {
        if (process.HasEnded)
        {
            throw new InvalidOperationException($"The real API server has ended. {Tail(log)}");
        }
    }

    /// <summary>The end of a log; a Go program that broke says why before it says where each of its goroutines was.</summary>
    private string Tail(string log)
    {
        string[] lines = File.ReadAllLines(In(log));
        int broke = Array.FindIndex(lines, line => line.StartsWith("panic:", StringComparison.Ordinal) || line.StartsWith("fatal error:", StringComparison.Ordinal));
        return string.Join('\n', broke < 0 ? lines.TakeLast(TailLines) : lines.Skip(broke).Take(TailLines));
    }

    private string In(string file) => Path.Combine(_folder, file);

    private static ValueTask EndAsync(ServerProcess? process) => process?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A port that is free now; neither program can be told to take any.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
