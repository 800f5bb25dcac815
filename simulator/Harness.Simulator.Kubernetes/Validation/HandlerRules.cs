using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.IntStr;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Probes and lifecycle hooks of a container: one way of doing it each, on a port that can be, as often as can be.</summary>
internal static class HandlerRules
{
    private const int MostPort = 65535;

    public static IEnumerable<FieldError> Validate(string at, Container container) =>
        Probe($"{at}.livenessProbe", container.LivenessProbe, onlyOneSuccess: true)
            .Concat(Probe($"{at}.readinessProbe", container.ReadinessProbe, onlyOneSuccess: false))
            .Concat(Probe($"{at}.startupProbe", container.StartupProbe, onlyOneSuccess: true))
            .Concat(Hook($"{at}.lifecycle.postStart", container.Lifecycle?.PostStart))
            .Concat(Hook($"{at}.lifecycle.preStop", container.Lifecycle?.PreStop));

    private static IEnumerable<FieldError> Probe(string at, Probe? probe, bool onlyOneSuccess)
    {
        if (probe is null)
        {
            return [];
        }

        ProbeHandler how = probe.Handler ?? new ProbeHandler();
        IEnumerable<FieldError> numbers = NumberRules.NotNegative(
            ($"{at}.initialDelaySeconds", probe.InitialDelaySeconds), ($"{at}.timeoutSeconds", probe.TimeoutSeconds), ($"{at}.periodSeconds", probe.PeriodSeconds),
            ($"{at}.successThreshold", probe.SuccessThreshold), ($"{at}.failureThreshold", probe.FailureThreshold));
        IEnumerable<FieldError> successes = onlyOneSuccess && probe.SuccessThreshold > 1
            ? [FieldError.Invalid($"{at}.successThreshold", $"{probe.SuccessThreshold}", "must be 1")]
            : [];
        return Handlers(at, how.Exec, how.HttpGet, how.TcpSocket, how.Grpc is null ? 0 : 1).Concat(numbers).Concat(successes);
    }

    private static IEnumerable<FieldError> Hook(string at, LifecycleHandler? hook) =>
        hook is null ? [] : Handlers(at, hook.Exec, hook.HttpGet, hook.TcpSocket, hook.Sleep is null ? 0 : 1);

    private static IEnumerable<FieldError> Handlers(string at, ExecAction? exec, HTTPGetAction? http, TCPSocketAction? tcp, int others)
    {
        if (exec is { Command.Count: 0 })
        {
            yield return FieldError.Required($"{at}.exec.command");
        }

        if (http is not null)
        {
            foreach (FieldError error in exec is not null ? [SecondHandler($"{at}.httpGet")] : Port($"{at}.httpGet.port", http.Port))
            {
                yield return error;
            }
        }

        if (tcp is not null)
        {
            foreach (FieldError error in exec is not null || http is not null ? [SecondHandler($"{at}.tcpSocket")] : Port($"{at}.tcpSocket.port", tcp.Port))
            {
                yield return error;
            }
        }

        if (exec is null && http is null && tcp is null && others == 0)
        {
            yield return FieldError.Required(at, "must specify a handler type");
        }
    }

    private static FieldError SecondHandler(string field) => FieldError.Forbidden(field, "may not specify more than 1 handler type");

    private static IEnumerable<FieldError> Port(string field, IntOrString? port)
    {
        if (port is null or { Type: 0, IntVal: < 1 or > MostPort })
        {
            return [FieldError.Invalid(field, $"{port?.IntVal ?? 0}", "must be between 1 and 65535, inclusive")];
        }

        return port.Type == 0 ? [] : Names.PortNameErrors(port.StrVal).Select(wrong => FieldError.InvalidString(field, port.StrVal, wrong));
    }
}
