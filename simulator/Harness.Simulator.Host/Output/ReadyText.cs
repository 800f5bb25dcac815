using Harness.Simulator.Control;

namespace Harness.Simulator.Host.Output;

/// <summary>What a person needs to know once the simulator is Ready: where things are and what to type next.</summary>
internal static class ReadyText
{
    public static void Write(SimulatorStatus status, TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine($"Kubernetes  {status.Kubernetes!.Endpoint}  ({status.Kubernetes.Description})");
        writer.WriteLine($"EC2         {status.Ec2!.Endpoint}  ({status.Ec2.Region}, {status.Ec2.Description})");
        writer.WriteLine($"Node        {status.Provider!.Node}");
        writer.WriteLine($"Hosts       {status.Block}");
        writer.WriteLine($"Logs        {Shown(status.Directory)}/");
        writer.WriteLine();
        writer.WriteLine($"    export KUBECONFIG={Shown(status.Kubernetes.Kubeconfig)}");
        writer.WriteLine("    kubectl get nodes -o wide");
        writer.WriteLine("    kubectl apply -f kind/samples/");
        writer.WriteLine();
        if (!OnPath("kubectl"))
        {
            writer.WriteLine("kubectl is not on the PATH. On Debian: apt-get install kubernetes-client");
            writer.WriteLine();
        }

        writer.Flush();
    }

    /// <summary>Short below the current folder, absolute elsewhere.</summary>
    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
