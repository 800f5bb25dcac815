using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Prepares where a container's commands run: its own folder under the state directory. Thread-safe.</summary>
internal sealed class WorkloadPlaces(StateDirectory directory)
{
    /// <summary>Where a container's commands run, and with which environment; or why they cannot.</summary>
    public (WorkloadPlace? Place, WorkloadStart? Failure) Prepare(WorkloadKey key, ContainerSpec spec, string program)
    {
        var home = directory.ContainerFolder(key);
        if (!Directory.Exists(home))
        {
            Directory.CreateDirectory(home);
            GiveTo(home, spec.RunAs);
        }

        var folder = spec.WorkingDirectory ?? home;
        if (!Directory.Exists(folder))
        {
            return (null, WorkloadStart.Failed(128, $"the working directory {folder} does not exist on this instance"));
        }

        var variables = spec.Environment.Any(variable => variable.Key == "HOME")
            ? spec.Environment
            : spec.Environment.Add(KeyValuePair.Create("HOME", home));
        var searchPath = variables.First(variable => variable.Key == "PATH").Value;
        return ProgramCheck.Problem(program, searchPath, folder) is { } problem
            ? (null, problem)
            : (new WorkloadPlace(folder, variables), null);
    }

    private static void GiveTo(string folder, RunAs runAs)
    {
        if (runAs.User is not null || runAs.Group is not null)
        {
            _ = LibC.Chown(folder, (uint)(runAs.User ?? 0), (uint)(runAs.Group ?? runAs.User ?? 0));
        }
    }
}
