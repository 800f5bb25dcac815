using Harness.Agent.Applications;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Launching;

/// <summary>Resolves the user that a container runs as, from its own security context and the pod's. Lives for one translation.</summary>
internal sealed class SecurityTranslator(RuntimeAbilities abilities, Refusals refusals)
{
    public RunAs Translate(PodSecurityContext? pod, SecurityContext? container, string path)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        FieldPolicy.PodSecurityContext.Check(pod ?? new PodSecurityContext(), "spec.securityContext", refusals, told);
        FieldPolicy.SecurityContext.Check(container ?? new SecurityContext(), $"{path}.securityContext", refusals, told);
        long? user = container?.HasRunAsUser == true ? container.RunAsUser : pod?.HasRunAsUser == true ? pod.RunAsUser : null;
        long? group = container?.HasRunAsGroup == true ? container.RunAsGroup : pod?.HasRunAsGroup == true ? pod.RunAsGroup : null;
        var nonRoot = container?.HasRunAsNonRoot == true ? container.RunAsNonRoot : pod?.RunAsNonRoot == true;
        CheckUser(user, nonRoot, path);
        CheckGroup(group, path);
        var noNewPrivileges = container is { HasAllowPrivilegeEscalation: true, AllowPrivilegeEscalation: false };
        return new RunAs(user == abilities.User && group is null ? null : user, group, noNewPrivileges);
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
