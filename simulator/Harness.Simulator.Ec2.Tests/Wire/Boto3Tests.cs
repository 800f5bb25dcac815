using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Ec2.Tests.Wire;

public sealed class Boto3Tests
{
    private const string Python = "/usr/bin/python3";

    [SkippableFact]
    public async Task Boto3_FullLifeCycle_AllStepsPass()
    {
        Skip.IfNot(File.Exists(Python), $"{Python} is missing: run scripts/setup-peers");
        await using var simulator = await Ec2Simulator.StartAsync(
            new Ec2SimulatorOptions { BootDelay = TimeSpan.FromMilliseconds(300) }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var probe = await Peer.RunAsync(simulator.Endpoint, Python, "-c", "import boto3");
        Skip.IfNot(probe.ExitCode == 0, "Debian's python3-boto3 is missing: run scripts/setup-peers");

        var script = Path.Combine(AppContext.BaseDirectory, "Wire", "boto3_lifecycle.py");
        var (exitCode, output, error) = await Peer.RunAsync(simulator.Endpoint, Python, script);
        Assert.True(exitCode == 0, $"{output}\n{error}");
        Assert.EndsWith("all steps passed\n", output, StringComparison.Ordinal);
    }
}
