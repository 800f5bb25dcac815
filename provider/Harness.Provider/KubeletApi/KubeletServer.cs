using System.Net;
using System.Security.Cryptography.X509Certificates;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Json;
using Harness.Provider.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.KubeletApi;

/// <summary>The kubelet's HTTPS port: logs and pods for the API server, health for everyone. Started once, disposed at the end.</summary>
internal sealed class KubeletServer(
    IPEndPoint address, X509Certificate2 certificate, ClientGate gate, LogHandler logs, PodWorkers workers, ILoggerFactory loggers) : IAsyncDisposable
{
    private WebApplication? _application;

    /// <summary>The port that was bound, after <see cref="StartAsync"/>.</summary>
    public int Port { get; private set; }

    /// <exception cref="IOException">The port is in use.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(address, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.ClientCertificateValidation = static (_, _, _) => true; // Judged by the gate, which can say why.
        })));
        _application = builder.Build();
        _application.Use(next => context => gate.InvokeAsync(context, next));
        Map(_application);
        await _application.StartAsync(cancellationToken);
        var addresses = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Port = new Uri(addresses.Addresses.First()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", static () => Results.Text("ok"));
        routes.MapGet("/containerLogs/{ns}/{pod}/{container}", (HttpContext context, string ns, string pod, string container) =>
            logs.HandleAsync(context, ns, pod, container));
        routes.MapGet("/pods", () => Results.Bytes(PodList(), "application/json"));
        foreach (var verb in (string[])["exec", "attach", "portForward", "run"])
        {
            routes.Map($"/{verb}/{{**rest}}", () => Results.Text($"{verb} is not supported by this provider yet\n", statusCode: StatusCodes.Status501NotImplemented));
        }
    }

    private byte[] PodList()
    {
        var list = new PodList { Metadata = new Kubernetes.Objects.Meta.V1.ListMeta() };
        list.Items.AddRange(workers.All.Where(worker => worker.Record.Demand is not null).Select(worker => worker.Pod));
        return KubernetesJson.ToUtf8(list);
    }
}
