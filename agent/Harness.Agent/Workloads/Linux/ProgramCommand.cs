using System.Collections.Immutable;
using System.Globalization;
using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// The last command of a launch: setpriv, where privileges change, then env, which sets the workload's own environment only once those are
/// gone (a variable such as LD_PRELOAD must not reach a program that still has them), then the program. Pure.
/// </summary>
internal static class ProgramCommand
{
    /// <summary>Folder: where to change to with the new privileges; null: the working directory is there already.</summary>
    public static IReadOnlyList<string> Build(LinuxTools tools, RunAs runAs, WorkloadPlace place, ImmutableArray<string> commandLine, string? folder = null)
    {
        var command = new List<string>(Privileges(tools, runAs));
        // A shell's background process ignores these two signals, and would hand that on.
        command.AddRange([tools.Env, "-i", "--default-signal=INT,QUIT", .. folder is null ? [] : (string[])["-C", folder], "--"]);
        command.AddRange(place.Environment.Select(variable => $"{variable.Key}={variable.Value}"));
        if (commandLine[0].Contains('='))
        {
            // env would take the program for a variable.
            command.AddRange([tools.Shell, "-c", "exec \"$0\" \"$@\""]);
        }

        command.AddRange(commandLine);
        return command;
    }

    private static IEnumerable<string> Privileges(LinuxTools tools, RunAs runAs)
    {
        if (runAs == RunAs.Agent)
        {
            yield break;
        }

        yield return tools.SetPriv!;
        if (runAs.NoNewPrivileges)
        {
            yield return "--no-new-privs";
        }

        if (runAs.Capabilities.Length > 0)
        {
            yield return "--bounding-set=" + runAs.Capabilities;
            yield return "--inh-caps=-all";
        }

        if (runAs.User is not null || runAs.Group is not null || runAs.Groups.Length > 0)
        {
            yield return "--regid";
            yield return Number(runAs.Group ?? runAs.User ?? 0);
            yield return runAs.Groups.Length > 0 ? "--groups=" + runAs.Groups : "--clear-groups";
        }

        if (runAs.User is { } user)
        {
            yield return "--reuid";
            yield return Number(user);
        }

        yield return "--";
    }

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
