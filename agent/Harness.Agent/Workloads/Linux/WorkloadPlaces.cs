using Harness.Agent.Applications;
using Harness.Agent.Images;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Prepares where a container's commands run: its own folder under the state directory. Thread-safe.</summary>
internal sealed class WorkloadPlaces(StateDirectory directory, ImageStore images)
{
    /// <summary>
    /// Where a container's commands run, and with which environment; or why they cannot. Program null: what is on the instance does not
    /// tell, for the container has a root of its own.
    /// </summary>
    public (WorkloadPlace? Place, WorkloadStart? Failure) Prepare(WorkloadKey key, ContainerSpec spec, string? program)
    {
        var home = HomeOf(key, spec);
        var folder = spec.WorkingDirectory ?? (spec.ImageSource is { } image ? images.FolderOf(image) : home);
        var variables = spec.Environment.Any(variable => variable.Key == "HOME")
            ? spec.Environment
            : spec.Environment.Add(KeyValuePair.Create("HOME", home));
        variables = variables.Add(KeyValuePair.Create(
            WellKnown.TerminationMessagePath, program is null ? spec.TerminationMessage.Path : directory.TerminationMessageFile(key)));
        var place = new WorkloadPlace(folder, home, variables);
        if (program is null)
        {
            return (place, null);
        }

        if (!Directory.Exists(folder))
        {
            return (null, WorkloadStart.Failed(128, $"the working directory {folder} does not exist on this instance"));
        }

        var searchPath = variables.First(variable => variable.Key == "PATH").Value;
        return ProgramCheck.Problem(program, searchPath, folder) is { } problem ? (null, problem) : (place, null);
    }

    /// <summary>An empty file for the run's last words, which the workload may write.</summary>
    public void ClearTerminationMessage(WorkloadKey key, ContainerSpec spec)
    {
        HomeOf(key, spec);
        var file = directory.TerminationMessageFile(key);
        File.Delete(file);
        File.WriteAllText(file, "");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        GiveTo(file, spec.RunAs);
    }

    private string HomeOf(WorkloadKey key, ContainerSpec spec)
    {
        var home = directory.ContainerFolder(key);
        if (!Directory.Exists(home))
        {
            Directory.CreateDirectory(home);
            GiveTo(home, spec.RunAs);
        }

        return home;
    }

    private static void GiveTo(string folder, RunAs runAs)
    {
        if (runAs.User is not null || runAs.Group is not null)
        {
            _ = LibC.Chown(folder, (uint)(runAs.User ?? 0), (uint)(runAs.Group ?? runAs.User ?? 0));
        }
    }
}
