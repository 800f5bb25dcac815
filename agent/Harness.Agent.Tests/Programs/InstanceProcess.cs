using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Harness.Agent.Tests.Support;
using Harness.Testing;

namespace Harness.Agent.Tests.Programs;

/// <summary>The built vkvm-agent program as an instance starts it: told of its metadata service and nothing else but free ports of 127.0.0.1.</summary>
internal sealed class InstanceProcess : IAsyncDisposable
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private InstanceProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _lines.Writer.TryComplete();
            }
            else
            {
                _lines.Writer.TryWrite(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    /// <summary>How many files and sockets it has open.</summary>
    public int Descriptors => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    public static InstanceProcess Start(FakeInstanceMetadata metadata, string stateDirectory)
    {
        var start = new ProcessStartInfo(
            AgentProcess.Program,
            ["run", "--bootstrap", "--address", "127.0.0.1", "--port", "0", "--bootstrap-port", "0", "--state-dir", stateDirectory])
        {
            RedirectStandardError = true,
        };
        start.Environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = metadata.Endpoint.ToString();
        return new InstanceProcess(Process.Start(start)!);
    }

    /// <summary>Waits for a log line such as "Serving AgentBootstrap at https://127.0.0.1:1" and gives HOST:PORT.</summary>
    public async Task<string> WaitForAddressAsync(string said) => (await WaitForLineAsync(said + " at https://")).Split("https://")[^1].Trim();

    /// <summary>Waits for a log line with that text, from where the last wait ended.</summary>
    public async Task<string> WaitForLineAsync(string said)
    {
        using var limit = new CancellationTokenSource(SafetyNet, TimeProvider.System);
        await foreach (var line in _lines.Reader.ReadAllAsync(limit.Token))
        {
            if (line.Contains(said, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The agent ended without saying \"{said}\".");
    }

    public async Task<int> SignalAsync(string signal)
    {
        (await ProgramRun.OfAsync("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)])).MustSucceed();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("TERM");
        }

        _process.Dispose();
    }
}
