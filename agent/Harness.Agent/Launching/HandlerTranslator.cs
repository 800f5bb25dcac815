using System.Globalization;
using Harness.Agent.Applications;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.IntStr;

namespace Harness.Agent.Launching;

/// <summary>Turns the probes and lifecycle hooks of one container into specs. Lives for one translation.</summary>
internal sealed class HandlerTranslator(Pod pod, Container container, Refusals refusals)
{
    private readonly HashSet<string> _passedOver = new(StringComparer.Ordinal);

    public ContainerHooks Hooks(string path, ContainerRole role)
    {
        if (container.Lifecycle is not { } lifecycle)
        {
            return ContainerHooks.None;
        }

        FieldPolicy.Lifecycle.Check(lifecycle, $"{path}.lifecycle", refusals, _passedOver);
        if (role == ContainerRole.Init)
        {
            refusals.Add($"{path}.lifecycle", "not allowed on an init container");
        }

        return new ContainerHooks(
            Hook(lifecycle.PostStart, $"{path}.lifecycle.postStart"), Hook(lifecycle.PreStop, $"{path}.lifecycle.preStop"));
    }

    public ContainerProbes Probes(string path, ContainerRole role)
    {
        var probes = new ContainerProbes(
            Probe(container.StartupProbe, $"{path}.startupProbe"),
            Probe(container.LivenessProbe, $"{path}.livenessProbe"),
            Probe(container.ReadinessProbe, $"{path}.readinessProbe"));
        if (role == ContainerRole.Init && probes != ContainerProbes.None)
        {
            refusals.Add(path, "an init container has no probes");
        }

        return probes;
    }

    private HandlerSpec? Hook(LifecycleHandler? hook, string path)
    {
        if (hook is null)
        {
            return null;
        }

        FieldPolicy.LifecycleHandler.Check(hook, path, refusals, _passedOver);
        return hook.Sleep is { } sleep
            ? new HandlerSpec.Sleep(TimeSpan.FromSeconds(Math.Clamp(sleep.Seconds, 0, int.MaxValue)))
            : Handler(hook.Exec, hook.HttpGet, hook.TcpSocket, path);
    }

    private ProbeSpec? Probe(Probe? probe, string path)
    {
        if (probe is null)
        {
            return null;
        }

        FieldPolicy.ProbeHandler.Check(probe.Handler ?? new ProbeHandler(), path, refusals, _passedOver);
        var handler = probe.Handler?.Grpc is { } grpc
            ? Grpc(grpc, $"{path}.grpc")
            : Handler(probe.Handler?.Exec, probe.Handler?.HttpGet, probe.Handler?.TcpSocket, path);
        return handler is null
            ? null
            : new ProbeSpec(
                handler,
                TimeSpan.FromSeconds(Math.Max(0, probe.InitialDelaySeconds)),
                TimeSpan.FromSeconds(OrDefault(probe.PeriodSeconds, 10)),
                TimeSpan.FromSeconds(OrDefault(probe.TimeoutSeconds, 1)),
                OrDefault(probe.SuccessThreshold, 1),
                OrDefault(probe.FailureThreshold, 3),
                probe.HasTerminationGracePeriodSeconds
                    ? TimeSpan.FromSeconds(Math.Clamp(probe.TerminationGracePeriodSeconds, 0, int.MaxValue))
                    : null);
    }

    private HandlerSpec.Grpc? Grpc(GRPCAction action, string path)
    {
        if (action.Port is < 1 or > 65535)
        {
            refusals.Add($"{path}.port", "not a port number");
            return null;
        }

        return new HandlerSpec.Grpc(Host(""), action.Port, action.Service);
    }

    private static int OrDefault(int value, int fallback) => value > 0 ? value : fallback;

    private HandlerSpec? Handler(ExecAction? exec, HTTPGetAction? httpGet, TCPSocketAction? tcpSocket, string path)
    {
        if (exec is { Command.Count: > 0 })
        {
            return new HandlerSpec.Exec([.. exec.Command]);
        }

        if (httpGet is not null)
        {
            return HttpGet(httpGet, $"{path}.httpGet");
        }

        if (tcpSocket is not null)
        {
            return new HandlerSpec.TcpSocket(Host(tcpSocket.Host), Port(tcpSocket.Port, $"{path}.tcpSocket.port"));
        }

        refusals.Add(path, "no handler; give exec with a command, httpGet, tcpSocket or (a probe) grpc");
        return null;
    }

    private HandlerSpec.HttpGet? HttpGet(HTTPGetAction action, string path)
    {
        var scheme = action.Scheme.Length > 0 ? action.Scheme.ToLowerInvariant() : "http";
        var address = $"{scheme}://{Host(action.Host)}:{Port(action.Port, $"{path}.port")}/{action.Path.TrimStart('/')}";
        if (scheme is not ("http" or "https") || !Uri.TryCreate(address, UriKind.Absolute, out var url))
        {
            refusals.Add(path, $"\"{address}\" is not an http or https URL");
            return null;
        }

        return new HandlerSpec.HttpGet(url, [.. action.HttpHeaders.Select(header => KeyValuePair.Create(header.Name, header.Value))]);
    }

    private string Host(string host) => host.Length > 0 ? host : pod.Status is { PodIP.Length: > 0 } status ? status.PodIP : "127.0.0.1";

    private int Port(IntOrString? port, string path)
    {
        var number = port switch
        {
            null => 0,
            { Type: 0 } => port.IntVal,
            _ when int.TryParse(port.StrVal, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => container.Ports.FirstOrDefault(candidate => candidate.Name == port.StrVal)?.ContainerPort_ ?? 0,
        };
        if (number is < 1 or > 65535)
        {
            refusals.Add(path, "neither a port number nor the name of one of the container's ports");
        }

        return number;
    }
}
