using System.Globalization;
using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Wraps a request in setpriv (util-linux), which changes user, group and privileges and then becomes the program. Pure.</summary>
internal static class UserSwitch
{
    private const string Program = "/usr/bin/setpriv";

    public static SpawnRequest Apply(SpawnRequest request, RunAs runAs)
    {
        if (runAs == RunAs.Agent)
        {
            return request;
        }

        var arguments = new List<string> { Program };
        if (runAs.NoNewPrivileges)
        {
            arguments.Add("--no-new-privs");
        }

        if (runAs.User is not null || runAs.Group is not null)
        {
            arguments.AddRange(["--regid", Number(runAs.Group ?? runAs.User!.Value), "--clear-groups"]);
        }

        if (runAs.User is { } user)
        {
            arguments.AddRange(["--reuid", Number(user)]);
        }

        arguments.Add("--");
        arguments.Add(request.Program);
        arguments.AddRange(request.Arguments.Skip(1));
        return request with { Program = Program, Arguments = arguments };
    }

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
