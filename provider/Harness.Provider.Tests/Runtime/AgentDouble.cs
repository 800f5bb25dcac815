using System.Net;
using Grpc.Core;
using Harness.Agent.Contract.V0;
using Harness.Kubernetes.Objects.Core.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Harness.Provider.Tests.Runtime;

/// <summary>
/// An agent of the old kind on a real gRPC port: no health service, no logs, says Running before it was asked to launch, writes a new
/// startedAt into each answer, and pushes nothing. What it was asked is kept.
/// </summary>
internal sealed class AgentDouble : IAsyncDisposable
{
    private WebApplication? _application;
    private int _answers;

    public List<Pod> Launched { get; } = [];
    public List<string?> GraceSeconds { get; } = [];
    public StatusCode LaunchAnswer { get; set; } = StatusCode.OK;
    public StatusCode CheckAnswer { get; set; } = StatusCode.OK;
    public int Port { get; private set; }
    public TaskCompletionSource WatchOpened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public TaskCompletionSource WatchClosed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<AgentDouble> StartAsync()
    {
        var agent = new AgentDouble();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(agent);
        var application = builder.Build();
        application.MapGrpcService<Service>();
        await application.StartAsync();
        agent._application = application;
        agent.Port = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        return agent;
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.StopAsync(new CancellationToken(canceled: true));
            await _application.DisposeAsync();
        }
    }

    internal sealed class Service(AgentDouble agent) : ApplicationLifecycle.ApplicationLifecycleBase
    {
        public override Task<LaunchApplicationResponse> LaunchApplication(LaunchApplicationRequest request, ServerCallContext context)
        {
            if (agent.LaunchAnswer != StatusCode.OK)
            {
                throw new RpcException(new Status(agent.LaunchAnswer, "as told"));
            }

            agent.Launched.Add(request.Pod);
            return Task.FromResult(new LaunchApplicationResponse());
        }

        public override Task<TerminateApplicationResponse> TerminateApplication(TerminateApplicationRequest request, ServerCallContext context)
        {
            agent.GraceSeconds.Add(context.RequestHeaders.GetValue("vkvm-grace-period-seconds"));
            return Task.FromResult(new TerminateApplicationResponse());
        }

        public override Task<ApplicationHealthResponse> CheckApplicationHealth(ApplicationHealthRequest request, ServerCallContext context)
        {
            if (agent.CheckAnswer != StatusCode.OK)
            {
                throw new RpcException(new Status(agent.CheckAnswer, "as told"));
            }

            var status = new PodStatus { Phase = "Running" };
            var running = new ContainerStateRunning { StartedAt = new Kubernetes.Objects.Meta.V1.Time { Seconds = Interlocked.Increment(ref agent._answers) } };
            status.ContainerStatuses.Add(new ContainerStatus { Name = "main", Ready = true, State = new ContainerState { Running = running } });
            return Task.FromResult(new ApplicationHealthResponse { PodStatus = status });
        }

        public override async Task WatchApplicationHealth(
            ApplicationHealthRequest request, IServerStreamWriter<ApplicationHealthResponse> responseStream, ServerCallContext context)
        {
            agent.WatchOpened.TrySetResult();
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = context.CancellationToken.Register(closed.SetResult);
            await closed.Task;
            agent.WatchClosed.TrySetResult();
        }
    }
}
