using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Harness.Agent.Host;

/// <summary>One run of the program: starts the agent, waits for its end, and turns what happens into an exit code.</summary>
internal sealed class AgentProgram(TextWriter errors)
{
    private const int Good = 0;
    private const int BadEnvironment = 3;

    public async Task<int> RunAsync(AgentOptions options, LogFormat format, LogLevel level, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await AgentServer.StartAsync(
                options, TimeProvider.System, logging => AddLogging(logging, format, level), cancellationToken);
            await server.WaitForShutdownAsync(cancellationToken);
            return Good;
        }
        catch (OperationCanceledException)
        {
            // Told to end before it served.
            return Good;
        }
        catch (AgentStartException exception)
        {
            await errors.WriteLineAsync("vkvm-agent: " + exception.Message);
            return BadEnvironment;
        }
    }

    private static void AddLogging(ILoggingBuilder logging, LogFormat format, LogLevel level)
    {
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // A failed start is told in one line of our own.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = LineFormatter.TimestampFormat;
            });
        }
        else
        {
            logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
            logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
        }
    }
}
