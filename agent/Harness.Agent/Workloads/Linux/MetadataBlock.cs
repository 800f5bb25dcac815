namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Refuses packets of workloads to the instance metadata service, by a rule of the packet filter that matches their control group: the
/// agent and the rest of the instance keep reaching it. One rule serves every agent of the machine.
/// </summary>
internal static class MetadataBlock
{
    private const string AddressV4 = "169.254.169.254/32";
    private const string AddressV6 = "fd00:ec2::254/128";

    public static bool TryInstall(Cgroups cgroups)
    {
        if (cgroups.UnifiedPath is not { } path || LinuxTools.Locate("iptables") is not { } filter)
        {
            return false;
        }

        // Without IPv6 in the kernel nothing is to be blocked there.
        var v6 = !Directory.Exists("/proc/sys/net/ipv6") || (LinuxTools.Locate("ip6tables") is { } filter6 && TryAdd(filter6, AddressV6, path));
        return v6 && TryAdd(filter, AddressV4, path);
    }

    private static bool TryAdd(string filter, string address, string cgroup)
    {
        string[] rule = ["OUTPUT", "-d", address, "-m", "cgroup", "--path", cgroup, "-j", "REJECT"];
        return Tool.Run([filter, "-w", "-C", .. rule]).ExitCode == 0 || Tool.Run([filter, "-w", "-I", .. rule]).ExitCode == 0;
    }
}
