using Harness.Simulator.Clouds;
using Harness.Simulator.Clouds.LocalStack;
using Harness.Simulator.Composition;
using Harness.Simulator.Fronting;
using Harness.Simulator.Hosts;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Tests.Clouds;

/// <summary>What a simulator says, and leaves, when docker or the image is not as needed. docker is a script that answers as the real one does.</summary>
public sealed class LocalStackDriverTests : IDisposable
{
    private const string Token = "ls-very-secret";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables;

    public LocalStackDriverTests()
    {
        _variables = new() { ["PATH"] = $"{_folder.Path}:/usr/bin:/bin", ["HOME"] = _folder.Path, ["LOCALSTACK_AUTH_TOKEN"] = Token };
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Failures => new()
    {
        { "version", "echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2; exit 1", "daemon does not answer: Cannot connect to the Docker daemon" },
        { "pull", "echo 'manifest unknown' >&2; exit 1", "The image localstack/localstack:4.14.0 is not here and cannot be pulled: manifest unknown" },
        { "create", "echo 'no space left on device' >&2; exit 1", "could not make a container of localstack/localstack:4.14.0: no space left" },
        { "start", "echo 'port is already allocated' >&2; exit 1", "could not start a container of localstack/localstack:4.14.0: port is already allocated" },
        { "port", "exit 1", "does not publish port 4566" },
        { "inspect", "echo false", "ended before it was healthy. Its log speaks of a license: set LOCALSTACK_AUTH_TOKEN" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Start_DockerFailsAt_SaysSoAndLeavesNoContainer(string verb, string script, string expected)
    {
        Docker($"{verb}) {script} ;;");

        var refused = await Assert.ThrowsAsync<SimulatorStartException>(StartAsync);

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Equal(verb is "start" or "port" or "inspect", Calls().Contains("rm --force --volumes c0ffee"));
        Assert.DoesNotContain(Calls(), call => call.Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NoDocker_SaysWhatToDo()
    {
        _variables["PATH"] = _folder.Path;

        var refused = await Assert.ThrowsAsync<SimulatorStartException>(StartAsync);

        Assert.Contains("docker, which is not on the PATH", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--ec2 endpoint", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithToken_HandsItOnByNameInTheEnvironmentAlone()
    {
        Docker("inspect) echo false ;;");

        await Assert.ThrowsAsync<SimulatorStartException>(StartAsync);

        var create = Assert.Single(Calls(), call => call.StartsWith("create ", StringComparison.Ordinal));
        Assert.Contains(" --env LOCALSTACK_AUTH_TOKEN localstack/localstack:4.14.0", create, StringComparison.Ordinal);
        Assert.Contains(Token, Read(Log + ".env"));
    }

    [Fact]
    public async Task Start_ImageNamedByTheEnvironment_IsUsed()
    {
        _variables["LOCALSTACK_IMAGE"] = "example/other:1";
        Docker("pull) exit 1 ;;");

        var refused = await Assert.ThrowsAsync<SimulatorStartException>(StartAsync);

        Assert.Contains("The image example/other:1", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"services": {"ec2": "available", "s3": "running"}, "edition": "community", "version": "4.14.0"}""", "4.14.0", true)]
    [InlineData("""{"services": {"ec2": "running"}}""", null, true)]
    [InlineData("""{"services": {"ec2": "disabled"}, "version": "4.14.0"}""", "4.14.0", false)]
    [InlineData("""{"version": "4.14.0"}""", "4.14.0", false)]
    public void Health_Documents_TellWhetherEc2IsThere(string json, string? version, bool offersEc2) =>
        Assert.Equal(new LocalStackHealth(version, offersEc2), LocalStackHealth.Parse(json));

    /// <summary>A docker that does as asked but for the given cases. Its containers publish a port at which nobody answers.</summary>
    private void Docker(string cases)
    {
        var program = Path.Combine(_folder.Path, "docker");
        File.WriteAllText(
            program,
            $"""
            #!/bin/sh
            echo "$*" >>"{Log}"
            [ -z "$LOCALSTACK_AUTH_TOKEN" ] || echo "$LOCALSTACK_AUTH_TOKEN" >>"{Log}.env"
            case "$1" in
            {cases}
            image) exit 1 ;;
            create) echo c0ffee ;;
            port) echo 127.9.0.1:1 ;;
            inspect) echo true ;;
            logs) echo 'License activation failed' ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string Log => Path.Combine(_folder.Path, "calls");

    private List<string> Calls() => [.. Read(Log)];

    private static string[] Read(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    private async Task StartAsync()
    {
        var directory = new SimDirectory(Path.Combine(_folder.Path, "sim"));
        directory.Create();
        var ledger = new RunLedger(directory, new RunRecord { Simulator = new ProcessIdentity(1, 0) });
        var agent = new AgentCommand("/bin/false", []);
        var hosts = new InstanceHosts(agent, directory, new InterfaceNetwork("lo", 1, "test", TimeProvider.System), ledger, TimeProvider.System, NullLogger<InstanceHosts>.Instance);
        var options = new SimulationOptions { Directory = directory, ProviderProgram = "/bin/false", Agent = agent };
        var site = new CloudSite(new AddressBlock(9), 8200, hosts, ledger, options, new Progress<string>(), TimeProvider.System, NullLoggerFactory.Instance);
        var cloud = await LocalStackCloud.StartAsync(
            new CloudChoice.LocalStack("us-west-2", name => _variables.GetValueOrDefault(name)), site, CancellationToken.None);
        await cloud.DisposeAsync();
    }
}
