using System.CommandLine;
using Harness.Simulator.Host;
using Harness.Simulator.Host.Commands;

var root = new RootCommand("A local Kubernetes cluster with a virtual node on emulated EC2: embedded Kubernetes API, emulated EC2, "
    + "the real provider, and an instance host with a real agent for each pod.")
{
    UpCommand.Create(),
    StatusCommand.Create(),
    DownCommand.Create(),
    HostsCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync($"sim: {error.Message}");
    }

    await Console.Error.WriteLineAsync("Run 'sim --help' for what there is.");
    return ExitCode.Usage;
}

// The commands hear Ctrl-C and SIGTERM themselves: ending a cluster takes longer than the library would wait.
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
