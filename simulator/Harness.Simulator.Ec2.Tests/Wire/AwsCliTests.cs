using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Ec2.Tests.Wire;

public sealed class AwsCliTests
{
    private const string Aws = "/usr/bin/aws";

    [SkippableFact]
    public async Task AwsCli_FullLifeCycle_IsUnderstood()
    {
        Skip.IfNot(File.Exists(Aws), $"{Aws} is missing: run scripts/setup-peers");
        await using var simulator = await Ec2Simulator.StartAsync(
            new Ec2SimulatorOptions { BootDelay = TimeSpan.Zero, ShutdownDelay = TimeSpan.Zero }, TimeProvider.System, NullLoggerFactory.Instance,
            CancellationToken.None);

        var launched = await Ec2Async(
            simulator, "run-instances", "--image-id", "ami-0a000000000000001", "--instance-type", "m5.large", "--client-token", "cli-1",
            "--user-data", "hello", "--tag-specifications", "ResourceType=instance,Tags=[{Key=PodUid,Value=u-1}]");
        var id = launched.GetProperty("Instances")[0].GetProperty("InstanceId").GetString()!;
        await Ec2Async(simulator, "wait", "instance-running", "--instance-ids", id);

        var described = await Ec2Async(simulator, "describe-instances", "--filters", "Name=tag:PodUid,Values=u-*", "--page-size", "5");
        var instance = described.GetProperty("Reservations")[0].GetProperty("Instances")[0];
        Assert.Equal("running", instance.GetProperty("State").GetProperty("Name").GetString());
        Assert.Equal("127.7.0.4", instance.GetProperty("PrivateIpAddress").GetString());

        await Ec2Async(simulator, "create-tags", "--resources", id, "--tags", "Key=Name,Value=web");
        var tags = await Ec2Async(simulator, "describe-tags", "--filters", $"Name=resource-id,Values={id}");
        Assert.Equal(2, tags.GetProperty("Tags").GetArrayLength());

        await Ec2Async(simulator, "terminate-instances", "--instance-ids", id);
        await Ec2Async(simulator, "wait", "instance-terminated", "--instance-ids", id);
        var (exitCode, _, error) = await RunAsync(simulator, "ec2", "describe-instances", "--instance-ids", "i-0123456789abcdef0");
        Assert.Equal(254, exitCode);
        Assert.Contains("(InvalidInstanceID.NotFound)", error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task AwsCli_GetCallerIdentity_IsUnderstood()
    {
        Skip.IfNot(File.Exists(Aws), $"{Aws} is missing: run scripts/setup-peers");
        await using var simulator = await Ec2Simulator.StartAsync(
            new Ec2SimulatorOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var (exitCode, output, error) = await RunAsync(simulator, "sts", "get-caller-identity", "--query", "Account", "--output", "text");
        Assert.True(exitCode == 0, error);
        Assert.Equal("123456789012\n", output);
    }

    private static async Task<JsonElement> Ec2Async(Ec2Simulator simulator, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(simulator, ["ec2", .. arguments, "--output", "json"]);
        Assert.True(exitCode == 0, $"aws ec2 {string.Join(' ', arguments)}: {error}");
        return output.Length > 0 ? JsonDocument.Parse(output).RootElement : default;
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(Ec2Simulator simulator, params string[] arguments) =>
        Peer.RunAsync(simulator.Endpoint, Aws, ["--endpoint-url", simulator.Endpoint.ToString(), .. arguments]);
}
