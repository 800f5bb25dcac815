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
    public static IReadOnlyList<string> Build(LinuxTools tools, RunAs runAs, IEnumerable<KeyValuePair<string, string>> environment, ImmutableArray<string> commandLine)
    {
        var command = new List<string>(Privileges(tools, runAs));
        // A shell's background process ignores these two signals, and would hand that on.
        command.AddRange([tools.Env, "-i", "--default-signal=INT,QUIT", "--"]);
        command.AddRange(environment.Select(variable => $"{variable.Key}={variable.Value}"));
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

        if (runAs.User is not null || runAs.Group is not null)
        {
            yield return "--regid";
            yield return Number(runAs.Group ?? runAs.User!.Value);
            yield return "--clear-groups";
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
