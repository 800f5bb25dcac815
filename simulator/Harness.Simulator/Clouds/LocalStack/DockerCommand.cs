using Harness.Simulator.Composition;
using Harness.Simulator.Programs;

namespace Harness.Simulator.Clouds.LocalStack;

/// <summary>
/// The <c>docker</c> command line, with the variables of the caller's environment that it needs. What it cannot do is a
/// <see cref="SimulatorStartException"/> that says what to do. Thread-safe.
/// </summary>
internal sealed class DockerCommand(Func<string, string?> variable, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What docker itself reads, and the token that it hands on; all others stay out of its environment.</summary>
    private static readonly string[] Passed =
        ["DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", LocalStackContainer.TokenVariable];

    /// <summary>Fails where there is no docker, or its daemon does not answer.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var answer = await RunAsync(["version", "--format", "{{.Server.Version}}"], Patience, cancellationToken);
        if (answer.ExitCode != 0)
        {
            throw new SimulatorStartException(
                $"LocalStack needs docker, whose daemon does not answer: {answer.Complaint} Start it, or set DOCKER_HOST; or use an EC2 that runs already, with --ec2 endpoint.");
        }
    }

    public Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => RunAsync(arguments, Patience, cancellationToken);

    public async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await ShortCommand.RunAsync(Program(), arguments, Environment(), patience, time, cancellationToken);
        }
        catch (ProgramStartException exception)
        {
            throw new SimulatorStartException($"LocalStack needs docker: {exception.Message}", exception);
        }
    }

    private string Program() =>
        (variable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "docker")).FirstOrDefault(File.Exists)
            ?? throw new SimulatorStartException("LocalStack needs docker, which is not on the PATH. Install it, or use an EC2 that runs already, with --ec2 endpoint.");

    private Dictionary<string, string> Environment()
    {
        var environment = ProgramEnvironment.Minimal(variable("HOME") ?? "/");
        if (variable("PATH") is { } path)
        {
            environment["PATH"] = path;
        }

        foreach (var name in Passed)
        {
            if (variable(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        return environment;
    }
}
