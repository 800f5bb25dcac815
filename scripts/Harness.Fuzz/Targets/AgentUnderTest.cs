using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Harness.Fuzz.Targets;

/// <summary>A vkvm-agent process on a free port of 127.0.0.1, with a state folder of its own. Killed and removed at the end. Thread-safe.</summary>
internal sealed class AgentUnderTest : IAsyncDisposable
{
    private const int KeptLines = 50;
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly Queue<string> _lines = new();

    private AgentUnderTest(Process process, DirectoryInfo folder, IPEndPoint address)
    {
        _process = process;
        _folder = folder;
        Address = address;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    public IPEndPoint Address { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines that the agent logged.</summary>
    public string LastLines
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>RssAnon of the process, in bytes: its private memory.</summary>
    public long PrivateBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
        }
    }

    public static AgentUnderTest Start(string program)
    {
        var folder = Directory.CreateTempSubdirectory("fuzz-agent-");
        var address = FreeAddress();
        var start = new ProcessStartInfo(program, ["run", "--listen", address.ToString(), "--state-dir", Path.Combine(folder.FullName, "state")])
        {
            RedirectStandardError = true,
        };
        return new AgentUnderTest(Process.Start(start)!, folder, address);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    private void Keep(string? line)
    {
        lock (_lines)
        {
            if (line is not null)
            {
                _lines.Enqueue(line);
            }

            if (_lines.Count > KeptLines)
            {
                _lines.Dequeue();
            }
        }
    }
}
