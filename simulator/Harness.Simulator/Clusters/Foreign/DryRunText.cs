using System.Text;
using Harness.Simulator.Clusters.Installation;

namespace Harness.Simulator.Clusters.Foreign;

/// <summary>What <c>sim up --cluster kubeconfig --dry-run</c> tells. Pure.</summary>
internal static class DryRunText
{
    public static string Of(Uri server, string version, InstallationOwner owner, IReadOnlyList<string> conflicts)
    {
        var text = new StringBuilder();
        text.AppendLine($"In {server} (Kubernetes {version}) a simulator would create, labelled {owner.Selector}:");
        foreach (var title in ProviderInstallation.Titles)
        {
            text.AppendLine($"  {title}");
        }

        text.AppendLine("and the provider, with these rights alone:");
        text.AppendLine("  one Node, labelled so too and tainted virtual-kubelet.io/provider=aws:NoSchedule");
        text.AppendLine("  its Lease in kube-node-lease");
        text.AppendLine("Must be reachable: the API server from here; for kubectl logs also port 10250 of the first address of the simulator's block (127.N.0.1), from the API server.");
        text.AppendLine("'sim down' ends the pods on that node and removes all of this.");
        text.Append(conflicts.Count == 0
            ? "Nothing of that name is there yet."
            : $"It would be refused, since these are there already: {string.Join(", ", conflicts)}.");
        return text.ToString();
    }
}
