using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Programs;

/// <summary>
/// Keeps a program running, as an init system would: when it ends by itself it is started again, at first after a second,
/// later after up to half a minute, until <see cref="StopAsync"/>. <paramref name="started"/> hears of each process before the
/// next one can end. One owner; the properties may be read from any thread.
/// </summary>
public sealed partial class SupervisedProgram(
    ChildProgramOptions options, TimeProvider time, ILogger logger, Action<ProcessIdentity> started) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A process that ran this long is taken to be well, and the next pause is the first one again.</summary>
    private static readonly TimeSpan WellAfter = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private volatile ChildProgram? _current;
    private Task _supervising = Task.CompletedTask;
    private int _restarts;

    /// <summary>The process that runs now, or ran last.</summary>
    public ProcessIdentity? Process => _current?.Identity;

    /// <summary>How often it was started again after it had ended by itself.</summary>
    public int Restarts => _restarts;

    /// <summary>Starts the first process and the supervision.</summary>
    /// <exception cref="ProgramStartException">The program could not be started.</exception>
    public void Start()
    {
        StartProcess();
        _supervising = SuperviseAsync();
    }

    /// <summary>Ends the supervision and the process: SIGTERM, and SIGKILL after the patience.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        await _stopping.CancelAsync();
        await _supervising;
        if (_current is { } process)
        {
            await process.StopAsync(patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        if (_current is { } process)
        {
            await process.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private async Task SuperviseAsync()
    {
        var pause = FirstPause;
        while (true)
        {
            var since = time.GetTimestamp();
            try
            {
                await _current!.Exited.WaitAsync(_stopping.Token);
                pause = time.GetElapsedTime(since) > WellAfter ? FirstPause : pause;
                Log.StartingAgain(logger, options.Name, pause);
                await Task.Delay(pause, time, _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            Restart();
        }
    }

    private void Restart()
    {
        try
        {
            StartProcess();
            Interlocked.Increment(ref _restarts);
        }
        catch (ProgramStartException exception)
        {
            Log.StartFailed(logger, options.Name, exception.Message);
        }
    }

    private void StartProcess()
    {
        _current = ChildProgram.Start(options, time, logger);
        started(_current.Identity);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Program} ended by itself and is started again in {Pause}")]
        public static partial void StartingAgain(ILogger logger, string program, TimeSpan pause);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Program} could not be started again: {Reason}")]
        public static partial void StartFailed(ILogger logger, string program, string reason);
    }
}
