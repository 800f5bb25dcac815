using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Harness.Provider.Host;

/// <summary>
/// Writes a log entry as one line: time, level, category and message, an exception behind it. Unlike the console's own formatter it leaves
/// out the event id, which is a hash here and tells a reader nothing. Safe for any thread.
/// </summary>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";
    public const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string time = TimeProvider.System.GetUtcNow().ToString(TimestampFormat, CultureInfo.InvariantCulture);
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        string line = $"{time} {Level(logEntry.LogLevel)}: {logEntry.Category}: {message} {logEntry.Exception}";
        textWriter.WriteLine(line.ReplaceLineEndings(" ").TrimEnd());
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "not a level of an entry"),
    };
}
