using System.Diagnostics;
using System.Globalization;
using System.Net;
using Harness.Ec2.Model;
using Harness.Simulator.Clouds;
using Harness.Simulator.Clouds.Foreign;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Harness.Simulator.Tests.Sessions;
using Harness.Testing;

namespace Harness.Simulator.Tests.Moto;

/// <summary><c>sim hosts</c>: an agent at each instance's private address, for as long as the instance is on.</summary>
public sealed class HostsProgramTests
{
    private const int Port = 8200;

    [SkippableFact]
    public async Task Hosts_InstancesComeStopStartAndGo_AgentsAndAddressesWithThem()
    {
        MotoServer.Require();
        Skip.IfNot(Environment.IsPrivilegedProcess, "Adding addresses to the loopback interface needs root");
        await using var moto = await MotoServer.StartAsync();
        var (vpc, resources) = await SetUpAsync(moto, "10.144.0.0/16");
        using var folder = new TemporaryFolder();
        using var hosts = Start(moto, vpc, folder.Path);
        var (first, second) = (await LaunchAsync(moto, resources), await LaunchAsync(moto, resources));

        await Eventually.TrueAsync(() => ListensAsync(first.PrivateIpAddress!), "the first instance's agent does not listen");
        await Eventually.TrueAsync(() => ListensAsync(second.PrivateIpAddress!), "the second instance's agent does not listen");
        await moto.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [second.InstanceId] });
        await moto.Ec2.CallAsync(new UntypedRequest("StopInstances") { Parameters = { ["InstanceId.1"] = first.InstanceId } });
        await Eventually.TrueAsync(async () => !(await AddressesAsync()).Contains("10.144.", StringComparison.Ordinal), "an address of an instance that is off is left");
        var disks = new SimDirectory(folder.Path);
        Assert.True(Directory.Exists(disks.Host(first.InstanceId)));
        await Eventually.TrueAsync(() => !Directory.Exists(disks.Host(second.InstanceId)), "a terminated instance's disk is left");
        await moto.Ec2.CallAsync(new UntypedRequest("StartInstances") { Parameters = { ["InstanceId.1"] = first.InstanceId } });
        await Eventually.TrueAsync(() => ListensAsync(first.PrivateIpAddress!), "the instance's agent does not listen after a start");

        Signal.SendTerminate(ProcessIdentity.Of(hosts.Id)!);
        await hosts.WaitForExitAsync();
        Assert.Equal(0, hosts.ExitCode);
        Assert.DoesNotContain("10.144.", await AddressesAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Hosts_Killed_DownRemovesAgentsAndAddresses()
    {
        MotoServer.Require();
        Skip.IfNot(Environment.IsPrivilegedProcess, "Adding addresses to the loopback interface needs root");
        await using var moto = await MotoServer.StartAsync();
        var (vpc, resources) = await SetUpAsync(moto, "10.145.0.0/16");
        using var folder = new TemporaryFolder();
        using var hosts = Start(moto, vpc, folder.Path);
        var instance = await LaunchAsync(moto, resources);
        await Eventually.TrueAsync(() => ListensAsync(instance.PrivateIpAddress!), "the instance's agent does not listen");
        var agent = Assert.Single(RunRecord.Read(new SimDirectory(folder.Path))!.Agents).Value;

        hosts.Kill();
        await hosts.WaitForExitAsync();
        (await ProgramRun.OfAsync(BuiltPrograms.Simulator, ["down", "--dir", folder.Path])).MustSucceed();

        Assert.False(agent.IsAlive);
        Assert.DoesNotContain("10.145.", await AddressesAsync(), StringComparison.Ordinal);
    }

    private static Process Start(MotoServer moto, string vpc, string folder)
    {
        string[] arguments =
        [
            "hosts", "--dir", folder, "--ec2-endpoint", moto.Access.Endpoint.ToString(), "--interface", "lo", "--boot-delay", "0s",
            "--agent-port", Port.ToString(CultureInfo.InvariantCulture), "--filter", $"vpc-id={vpc}",
        ];
        var process = Process.Start(new ProcessStartInfo(BuiltPrograms.Simulator, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static Task<(string VpcId, CloudResources Resources)> SetUpAsync(MotoServer moto, string network)
    {
        var setup = new CloudSetup(moto.Ec2, new AgentBucket(moto.Access, "hosts-test", TimeProvider.System), "hosts-test", TimeProvider.System);
        return setup.CreateAsync(network, Port, CancellationToken.None);
    }

    private static async Task<Instance> LaunchAsync(MotoServer moto, CloudResources resources)
    {
        var request = new RunInstancesRequest { ImageId = resources.ImageId, SubnetId = resources.SubnetId, InstanceType = "m5.large", MinCount = 1, MaxCount = 1 };
        return Assert.Single((await moto.Ec2.RunInstancesAsync(request)).Reservation.Instances);
    }

    /// <summary>In /proc, since a proxy of the machine may answer for addresses that nobody here has.</summary>
    private static async Task<bool> ListensAsync(string address)
    {
        var local = $"{BitConverter.ToUInt32(IPAddress.Parse(address).GetAddressBytes()):X8}:{Port:X4}";
        return (await File.ReadAllLinesAsync("/proc/net/tcp")).Any(line => line.Contains($" {local} 00000000:0000 0A ", StringComparison.Ordinal));
    }

    private static async Task<string> AddressesAsync() => (await ProgramRun.OfAsync("ip", ["-4", "address", "show", "dev", "lo"])).MustSucceed();
}
