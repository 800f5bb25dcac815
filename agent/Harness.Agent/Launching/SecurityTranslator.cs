using Harness.Agent.Applications;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Launching;

/// <summary>Resolves what a container runs as, from its own security context and the pod's. Lives for one translation.</summary>
internal sealed class SecurityTranslator(
    RuntimeAbilities abilities, PodSurroundings surroundings, Refusals refusals, SortedSet<string> passedOver)
{
    /// <summary>What container runtimes leave to root in a container unless told otherwise.</summary>
    private static readonly string[] DefaultCapabilities =
    [
        "chown", "dac_override", "fsetid", "fowner", "mknod", "net_raw", "setgid", "setuid", "setfcap", "setpcap", "net_bind_service",
        "sys_chroot", "kill", "audit_write",
    ];

    /// <summary>Only a private root can be read-only.</summary>
    public bool ReadOnlyRoot(SecurityContext? container, string path)
    {
        var wanted = container?.ReadOnlyRootFilesystem == true;
        if (wanted && !abilities.Simulated && !abilities.Instance.Value.Namespaces)
        {
            refusals.Add($"{path}.securityContext.readOnlyRootFilesystem", "this instance gives the agent no mount namespaces (it needs root)");
        }

        return wanted;
    }

    public RunAs Translate(PodSecurityContext? pod, SecurityContext? container, string path)
    {
        FieldPolicy.PodSecurityContext.Check(pod ?? new PodSecurityContext(), "spec.securityContext", refusals, passedOver);
        FieldPolicy.SecurityContext.Check(container ?? new SecurityContext(), $"{path}.securityContext", refusals, passedOver);
        long? user = container?.HasRunAsUser == true ? container.RunAsUser : pod?.HasRunAsUser == true ? pod.RunAsUser : null;
        long? group = container?.HasRunAsGroup == true ? container.RunAsGroup : pod?.HasRunAsGroup == true ? pod.RunAsGroup : null;
        var nonRoot = container?.HasRunAsNonRoot == true ? container.RunAsNonRoot : pod?.RunAsNonRoot == true;
        CheckUser(user, nonRoot, path);
        CheckGroup(group, path);
        var groups = Groups(pod);
        var isolated = surroundings.Isolation != IsolationLevel.None && abilities.CanSwitchUser;
        var escalation = container is { HasAllowPrivilegeEscalation: true } ? container.AllowPrivilegeEscalation : !isolated;
        return new RunAs(user == abilities.User && group is null && groups.Length == 0 ? null : user, group, !escalation)
        {
            Groups = groups,
            Capabilities = Capabilities(container?.Capabilities, isolated, path),
        };
    }

    private string Groups(PodSecurityContext? pod)
    {
        List<long> groups = [.. pod?.SupplementalGroups ?? []];
        if (pod is { HasFsGroup: true })
        {
            groups.Add(pod.FsGroup);
        }

        if (groups.Count > 0 && !abilities.CanSwitchUser && !abilities.Simulated)
        {
            refusals.Add("spec.securityContext.fsGroup", "this agent does not run as root and cannot choose groups");
        }

        if (groups.Any(group => group is < 0 or > int.MaxValue))
        {
            refusals.Add("spec.securityContext.supplementalGroups", "not all are group IDs");
        }

        return string.Join(',', groups.Distinct());
    }

    private string Capabilities(Capabilities? asked, bool isolated, string path)
    {
        var changes = asked is { Add.Count: > 0 } or { Drop.Count: > 0 };
        if (changes && !abilities.CanSwitchUser)
        {
            if (asked!.Add.Count > 0)
            {
                refusals.Add($"{path}.securityContext.capabilities.add", "this agent does not run as root and has none to give");
            }

            return "";
        }

        if (!changes && !isolated)
        {
            return "";
        }

        var kept = new SortedSet<string>(DefaultCapabilities, StringComparer.Ordinal);
        var dropped = asked?.Drop.Select(Name).ToList() ?? [];
        kept.ExceptWith(dropped.Contains("all") ? [.. kept] : dropped);
        foreach (var name in asked?.Add.Select(Name) ?? [])
        {
            if (name == "all" || !name.All(character => char.IsAsciiLetter(character) || character == '_'))
            {
                refusals.Add($"{path}.securityContext.capabilities.add", $"\"{name}\" is not a single capability");
            }

            kept.Add(name);
        }

        return string.Join(',', kept.Select(name => "+" + name).Prepend("-all"));
    }

    private static string Name(string capability)
    {
        var name = capability.ToLowerInvariant();
        return name.StartsWith("cap_", StringComparison.Ordinal) ? name["cap_".Length..] : name;
    }

    private void CheckUser(long? user, bool nonRoot, string path)
    {
        if (user is < 0 or > int.MaxValue)
        {
            refusals.Add($"{path}.securityContext.runAsUser", $"{user} is not a user ID");
        }
        else if (user is { } wanted && wanted != abilities.User && !abilities.CanSwitchUser)
        {
            refusals.Add($"{path}.securityContext.runAsUser", $"this agent runs as user {abilities.User} and cannot run workloads as {wanted}");
        }
        else if (nonRoot && (user ?? abilities.User) == 0)
        {
            refusals.Add($"{path}.securityContext.runAsNonRoot", "the workload would run as root; set runAsUser");
        }
    }

    private void CheckGroup(long? group, string path)
    {
        if (group is < 0 or > int.MaxValue)
        {
            refusals.Add($"{path}.securityContext.runAsGroup", $"{group} is not a group ID");
        }
        else if (group is not null && !abilities.CanSwitchUser)
        {
            refusals.Add($"{path}.securityContext.runAsGroup", "this agent does not run as root and cannot choose a group");
        }
    }
}
