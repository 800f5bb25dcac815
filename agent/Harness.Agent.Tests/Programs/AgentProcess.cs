using System.Diagnostics;
using Grpc.Net.Client;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Programs;

/// <summary>The built vkvm-agent program as a process, on a unix socket beside its state. Stopped when it is still there at the end.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly GrpcChannel _channel;

    private AgentProcess(Process process, string socket)
    {
        _process = process;
        _channel = ChannelTo(socket);
        Client = new AgentClient(_channel);
    }

    /// <summary>The built program, beside this test's output: …/Harness.Agent.Tests/bin/(configuration)/(framework)/.</summary>
    public static string Program
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
            var projects = output.Parent!.Parent!.Parent!.Parent!;
            return Path.Combine(projects.FullName, "Harness.Agent.Host", "bin", output.Parent.Name, output.Name, "vkvm-agent");
        }
    }

    public AgentClient Client { get; }

    public Grpc.Core.ChannelBase Channel => _channel;

    public int Pid => _process.Id;

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Starts the program; returns once it serves.</summary>
    public static async Task<AgentProcess> StartAsync(string folder, params string[] more)
    {
        var agent = Begin(folder, more);
        await agent.WaitServingAsync();
        return agent;
    }

    /// <summary>Starts the program in the network of another process; returns once it serves.</summary>
    public static async Task<AgentProcess> StartInAsync(string folder, int network, params string[] more)
    {
        var socket = Path.Combine(folder, "agent.sock");
        var target = network.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string[] arguments = ["--target", target, "--net", Program, "run", "--listen", "unix:" + socket, "--state-dir", Path.Combine(folder, "state"), .. more];
        var agent = Of(Process.Start(new ProcessStartInfo("nsenter", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!, socket);
        await agent.WaitServingAsync();
        return agent;
    }

    /// <summary>Starts the program and does not wait for it.</summary>
    public static AgentProcess Begin(string folder, params string[] more)
    {
        var socket = Path.Combine(folder, "agent.sock");
        string[] isolation = more.Contains("--isolation") ? [] : ["--isolation", "None"];
        return Of(Start(["run", "--listen", "unix:" + socket, "--state-dir", Path.Combine(folder, "state"), .. isolation, .. more]), socket);
    }

    public async Task<int> SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Pid.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Stopped, not killed: no workload of a failed test stays behind.
            await Client.TerminateAsync(graceSeconds: 0);
            await SignalAsync("TERM");
        }

        _channel.Dispose();

        _process.Dispose();
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static AgentProcess Of(Process process, string socket)
    {
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new AgentProcess(process, socket);
    }

    private static GrpcChannel ChannelTo(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new System.Net.Sockets.Socket(
                    System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
                await connection.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(socket), cancellationToken);
                return new System.Net.Sockets.NetworkStream(connection, ownsSocket: true);
            },
        };
        return GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = handler });
    }

    public async Task WaitServingAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (true)
        {
            try
            {
                await Client.Health.CheckAsync(new Grpc.Health.V1.HealthCheckRequest(), cancellationToken: limit.Token);
                return;
            }
            catch (Grpc.Core.RpcException) when (!limit.IsCancellationRequested && !_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
            }
        }
    }
}
