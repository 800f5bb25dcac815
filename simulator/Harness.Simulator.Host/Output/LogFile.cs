using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Host.Output;

/// <summary>
/// Writes log lines into a file of the simulator's folder: time, level, category, message. Starts a new file with each run
/// and keeps the one before. Thread-safe.
/// </summary>
internal sealed class LogFile : ILoggerProvider, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _writer;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();

    public LogFile(string folder, string name, TimeProvider time)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
        {
            File.Move(path, path + ".1", overwrite: true);
        }

        _time = time;
        _writer = new StreamWriter(path) { AutoFlush = true };
    }

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, name => new FileLogger(this, name[(name.LastIndexOf('.') + 1)..]));

    public void Dispose() => _writer.Dispose();

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {level,-11} {category}: {message}");
        lock (_lock)
        {
            _writer.WriteLine(exception is null ? line : $"{line}{Environment.NewLine}{exception}");
        }
    }

    private sealed class FileLogger(LogFile file, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            file.Write(logLevel, category, formatter(state, exception), exception);
    }
}
