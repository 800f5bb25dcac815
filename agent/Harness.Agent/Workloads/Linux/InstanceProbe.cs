using Harness.Agent.Launching;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Finds out by trying what this instance gives to workloads, once, and logs it. Thread-safe through its Lazy.</summary>
internal sealed partial class InstanceProbe(LinuxTools tools, ILogger logger)
{
    public InstanceAbilities Run()
    {
        var cgroups = Cgroups.Find();
        var abilities = new InstanceAbilities
        {
            Namespaces = HasNamespaces(),
            Cgroups = cgroups is not null,
            MetadataBlock = cgroups is not null && MetadataBlock.TryInstall(cgroups),
        };
        Log.Abilities(logger, abilities.Namespaces, abilities.Cgroups, abilities.MetadataBlock);
        return abilities;
    }

    /// <summary>A mount in new namespaces is all that a private root needs.</summary>
    private bool HasNamespaces() =>
        tools is { Unshare: { } unshare, SetPriv: not null, NsEnter: not null, Mount: { } mount, PivotRoot: not null }
        && LibC.EffectiveUser() == 0
        && Tool.Run(unshare, "--mount", "--pid", "--ipc", "--uts", "--fork", mount, "-t", "tmpfs", "vkvm-probe", "/tmp").ExitCode == 0;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information,
            Message = "This instance gives workloads: namespaces {Namespaces}, control groups {Cgroups}, blocking of the metadata service {MetadataBlock}")]
        public static partial void Abilities(ILogger logger, bool namespaces, bool cgroups, bool metadataBlock);
    }
}
