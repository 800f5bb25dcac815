using Harness.Simulator.Control;

namespace Harness.Simulator.Host.Output;

/// <summary>A simulator's status for a person to read.</summary>
internal static class StatusText
{
    public static void Write(SimulatorStatus status, TextWriter writer)
    {
        writer.WriteLine($"state       {status.State.ToString().ToLowerInvariant()}{(status.Pid is { } pid ? $" (process {pid})" : "")}");
        writer.WriteLine($"folder      {status.Directory}");
        if (status.State == SimulatorState.Stopped)
        {
            writer.WriteLine("Start one with: scripts/sim up");
            return;
        }

        Line(writer, "hosts at", status.Block);
        Line(writer, "control", status.Control);
        Line(writer, "kubernetes", status.Kubernetes is { } kubernetes ? $"{kubernetes.Endpoint}  {kubernetes.Description}  (export KUBECONFIG={kubernetes.Kubeconfig})" : null);
        Line(writer, "ec2", status.Ec2 is { } ec2 ? $"{ec2.Endpoint}  ({ec2.Region})" : null);
        if (status.Provider is { } provider)
        {
            Line(writer, "node", provider.Node);
            Line(writer, "provider", $"process {provider.Pid}, started again {provider.Restarts} times, metrics {provider.Metrics}, log {provider.Log}");
        }

        WriteHosts(status, writer);
    }

    private static void WriteHosts(SimulatorStatus status, TextWriter writer)
    {
        writer.WriteLine($"instances   {status.Hosts.Count}");
        foreach (var host in status.Hosts)
        {
            writer.WriteLine($"  {host.InstanceId}  {host.Address,-15}  agent {host.AgentPid,-7}  {host.Pod}");
        }
    }

    private static void Line(TextWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteLine($"{name,-11} {value}");
        }
    }
}
