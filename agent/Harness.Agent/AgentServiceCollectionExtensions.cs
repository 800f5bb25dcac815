using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Harness.Agent.Bootstrap;
using Harness.Agent.Hosting;
using Harness.Agent.Hosting.State;
using Harness.Agent.Images;
using Harness.Agent.Imds;
using Harness.Agent.Launching;
using Harness.Agent.Logs;
using Harness.Agent.Notices;
using Harness.Agent.Ports;
using Harness.Agent.Serving;
using Harness.Agent.Services;
using Harness.Agent.Sessions;
using Harness.Agent.Tls;
using Harness.Agent.Usage;
using Harness.Agent.Volumes;
using Harness.Agent.Workloads;
using Harness.Agent.Workloads.Linux;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harness.Agent;

/// <summary>The composition of an agent: what it is made of, feature by feature, and what its ports serve.</summary>
internal static class AgentServiceCollectionExtensions
{
    public static void AddAgent(this IServiceCollection services, AgentOptions options, StateDirectory directory, TimeProvider timeProvider)
    {
        services.AddSingleton(options);
        services.AddSingleton(directory);
        services.AddSingleton(timeProvider);
        AddApplication(services, directory);
        AddServices(services, hasMetadata: options.Bootstrap is not null);
        AddExtensions(services);
        AddPorts(services);
        if (options.Bootstrap is { } bootstrap)
        {
            AddMetadata(services, bootstrap);
            AddNotices(services);
        }

        // Recovers before the ports open, and drains before they close.
        services.AddHostedService<AgentLifecycle>();
        services.AddHostedService<AgentPorts>();
    }

    private static void AddApplication(IServiceCollection services, StateDirectory directory)
    {
        services.AddSingleton(LogLimits.Default);
        services.AddSingleton<LogStore>();
        services.AddSingleton(UnpackLimits.Default);
        services.AddSingleton<ImageStore>();
        services.AddSingleton<VolumeInputs>();
        services.AddSingleton<VolumeFolders>();
        services.AddSingleton<IWorkloadRuntime, ProcessRuntime>();
        services.AddSingleton(provider => new PodTranslator(provider.GetRequiredService<IWorkloadRuntime>().Abilities));
        services.AddSingleton<ApplicationFiles>();
        services.AddSingleton<Recovery>();
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<ServingState>();
        services.AddSingleton<HandlerRunner>();
        services.AddSingleton<ApplicationRunner>();
    }

    private static void AddServices(IServiceCollection services, bool hasMetadata)
    {
        services.AddSingleton<LifecycleService>();
        services.AddSingleton<HealthService>();
        services.AddSingleton<LogsService>();
        services.AddSingleton<PodInputsService>();
        services.AddSingleton<CertificateRotationService>();
        services.AddSingleton(agent =>
        {
            var served = new PortServices(agent)
                .Add<LifecycleService>()
                .Add<HealthService>()
                .Add<LogsService>()
                .Add<PodInputsService>()
                .Add<CapabilitiesService>()
                .Add<ExecService>()
                .Add<AttachService>()
                .Add<PortForwardService>()
                .Add<StatsService>()
                .Add<CertificateRotationService>();
            return hasMetadata ? served.Add<NodeNoticesService>() : served;
        });
    }

    private static void AddExtensions(IServiceCollection services)
    {
        services.AddSingleton(new RunIdentity(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))));
        services.AddSingleton<CapabilitiesService>();
        services.AddSingleton(new SessionSlots(SessionLimits.Sessions, "sessions"));
        services.AddSingleton<RunEnds>();
        services.AddSingleton<ExecService>();
        services.AddSingleton<AttachService>();
        services.AddSingleton<PortForwardService>();
        services.AddSingleton<CpuHistory>();
        services.AddSingleton<StatsService>();
    }

    private static void AddPorts(IServiceCollection services)
    {
        services.AddSingleton<CredentialFile>();
        services.AddSingleton<LifecycleCredentials>();
        services.AddSingleton<LifecyclePort>();
    }

    private static void AddMetadata(IServiceCollection services, BootstrapOptions bootstrap)
    {
        services.AddSingleton(provider => new ImdsClient(
            bootstrap.MetadataEndpoint, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ImdsClient>>()));
        services.AddSingleton<InstanceMetadata>();
        services.AddSingleton(provider => new SigningCertificates(
            ReadCertificates(bootstrap.IdentityCertificates), provider.GetRequiredService<ILogger<SigningCertificates>>()));
        services.AddSingleton<IdentityReader>();
        services.AddSingleton<InstanceFinder>();
        services.AddSingleton(bootstrap);
        services.AddSingleton<BootstrapPort>();
        services.AddSingleton<BootstrapSequence>();
    }

    private static void AddNotices(IServiceCollection services)
    {
        services.AddSingleton<NoticeReader>();
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton<NodeNoticesService>();
        services.AddHostedService<NoticePoller>();
    }

    private static X509Certificate2Collection ReadCertificates(string? path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            if (path is not null)
            {
                certificates.ImportFromPemFile(path);
            }

            return certificates;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AgentStartException(
                $"cannot read the certificates of {path}: {exception.Message} Give a PEM file with --identity-certificates.", exception);
        }
    }
}
