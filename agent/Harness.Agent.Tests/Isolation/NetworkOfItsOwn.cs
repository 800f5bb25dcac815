using System.Diagnostics;

namespace Harness.Agent.Tests.Isolation;

/// <summary>A shell script that runs in a new network namespace; all of it ends with this.</summary>
internal sealed class NetworkOfItsOwn : IDisposable
{
    private readonly Process _process;

    public NetworkOfItsOwn(string script)
    {
        _process = Process.Start(new ProcessStartInfo("unshare", ["--net", "--pid", "--fork", "--kill-child", "sh", "-c", script]) { RedirectStandardOutput = true })!;
    }

    /// <summary>A process in the network.</summary>
    public int Pid => _process.Id;

    public async Task WaitForOutputAsync(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The script ended without \"{text}\".");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
