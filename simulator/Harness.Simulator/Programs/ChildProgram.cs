using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Programs;

/// <summary>
/// A program that the simulator runs as a process of its own: in its own session (so that a Ctrl-C at the simulator's
/// terminal does not reach it), with nothing but the given environment, and its output straight into a file, so that it
/// neither blocks nor breaks when the simulator is killed. Owned by whoever started it.
/// </summary>
public sealed partial class ChildProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _name;

    private ChildProgram(Process process, ProcessIdentity identity, string name, TimeProvider time, ILogger logger)
    {
        _process = process;
        _time = time;
        _logger = logger;
        _name = name;
        Identity = identity;
        Exited = WaitAsync();
    }

    public ProcessIdentity Identity { get; }

    /// <summary>Completes with the exit code once the process has ended.</summary>
    public Task<int> Exited { get; }

    /// <exception cref="ProgramStartException">The program is not there, or ended before it could be told apart.</exception>
    public static ChildProgram Start(ChildProgramOptions options, TimeProvider time, ILogger logger)
    {
        if (!File.Exists(options.Program) && options.Program.Contains('/', StringComparison.Ordinal))
        {
            throw new ProgramStartException($"The program {options.Program} is not there: build it first (scripts/build).");
        }

        var process = Process.Start(StartInfo(options)) ?? throw new ProgramStartException($"{options.Program} could not be started.");
        var identity = ProcessIdentity.Of(process.Id)
            ?? throw new ProgramStartException($"{options.Program} ended at once; see {options.LogFile}.");
        Log.Started(logger, options.Name, identity.Pid);
        return new ChildProgram(process, identity, options.Name, time, logger);
    }

    /// <summary>Asks the process to end (SIGTERM), and ends it by force (SIGKILL) when it has not after the patience.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        Signal.SendTerminate(Identity);
        try
        {
            await Exited.WaitAsync(patience, _time);
        }
        catch (TimeoutException)
        {
            Log.Killed(_logger, _name, Identity.Pid, patience);
            Signal.SendKill(Identity);
            await Exited;
        }
    }

    /// <summary>Ends the process by force, as a power cut would.</summary>
    public async Task KillAsync()
    {
        Signal.SendKill(Identity);
        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(ChildProgramOptions options)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, WorkingDirectory = options.WorkingDirectory };
        foreach (var argument in (string[])["-c", "log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", options.LogFile, options.Program])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var argument in options.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        Log.Ended(_logger, _name, Identity.Pid, _process.ExitCode);
        return _process.ExitCode;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Program} started as process {Pid}")]
        public static partial void Started(ILogger logger, string program, int pid);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Program} (process {Pid}) ended with exit code {ExitCode}")]
        public static partial void Ended(ILogger logger, string program, int pid, int exitCode);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Program} (process {Pid}) had not ended after {Patience} and was killed")]
        public static partial void Killed(ILogger logger, string program, int pid, TimeSpan patience);
    }
}
