using System.CommandLine;
using System.CommandLine.Parsing;
using Harness.Simulator.Clusters;

namespace Harness.Simulator.Host.Commands;

/// <summary>The options of <c>sim up</c> that say which Kubernetes the node joins, and what goes with which.</summary>
internal static class ClusterOptions
{
    private const string Embedded = "embedded";
    private const string Processes = "processes";
    private const string Foreign = "kubeconfig";

    private static readonly Option<string> Cluster = new("--cluster")
    {
        Description = "The Kubernetes that the virtual node joins: embedded; processes (etcd, kube-apiserver, kube-controller-manager and kube-scheduler of this machine); "
            + "or kubeconfig (any cluster).",
        DefaultValueFactory = _ => Embedded,
        HelpName = "KIND",
    };

    private static readonly Option<string?> ControlPlane = new("--control-plane")
    {
        Description = "The folder of the four programs of --cluster processes; PATH, KUBEBUILDER_ASSETS and where scripts/control-plane.sh puts them by default.",
        HelpName = "FOLDER",
    };

    private static readonly Option<string?> Kubeconfig = new("--kubeconfig")
    {
        Description = "The kubeconfig of --cluster kubeconfig; the first file in KUBECONFIG, else ~/.kube/config by default.", HelpName = "FILE",
    };

    private static readonly Option<string?> Context = new("--context") { Description = "The context in the kubeconfig; its current one by default.", HelpName = "NAME" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "With --cluster kubeconfig: tell what would be put into the cluster, and do nothing." };

    public static void AddTo(Command command)
    {
        Cluster.AcceptOnlyFromAmong(Embedded, Processes, Foreign);
        foreach (var option in (Option[])[Cluster, ControlPlane, Kubeconfig, Context, DryRun])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            Belongs(result, ControlPlane, Processes);
            Belongs(result, Kubeconfig, Foreign);
            Belongs(result, Context, Foreign);
            Belongs(result, DryRun, Foreign);
        });
    }

    /// <summary>What was chosen.</summary>
    public static ClusterChoice Of(ParseResult parsed) => parsed.GetRequiredValue(Cluster) switch
    {
        Processes => new ClusterChoice.Processes(parsed.GetValue(ControlPlane)),
        Foreign => new ClusterChoice.Foreign(parsed.GetValue(Kubeconfig), parsed.GetValue(Context)),
        _ => new ClusterChoice.Embedded(),
    };

    /// <summary>The cluster that is only to be looked at; null when the simulator is to start.</summary>
    public static ClusterChoice.Foreign? DryRunOf(ParseResult parsed) => parsed.GetValue(DryRun) ? Of(parsed) as ClusterChoice.Foreign : null;

    private static void Belongs(CommandResult result, Option option, string kind)
    {
        if (result.GetResult(option) is { Implicit: false } && result.GetValue(Cluster) != kind)
        {
            result.AddError($"{option.Name} goes with --cluster {kind}.");
        }
    }
}
