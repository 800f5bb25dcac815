using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Harness.Ec2;
using Harness.Simulator.Clouds;
using Harness.Simulator.Tests.Sessions;
using Harness.Testing;

namespace Harness.Simulator.Tests.Moto;

/// <summary>moto, fresh and empty, on a free port for one test; scripts/moto.sh runs it.</summary>
internal sealed class MotoServer : IAsyncDisposable
{
    public const string Variable = "HARNESS_EC2";

    private readonly Process _process;

    private MotoServer(Process process, CloudAccess access)
    {
        _process = process;
        Access = access;
        Ec2 = access.Connect();
    }

    public CloudAccess Access { get; }

    public AmazonEC2Client Ec2 { get; }

    /// <summary>Skips, by name, a test that needs moto.</summary>
    public static void Require() =>
        Skip.IfNot(Environment.GetEnvironmentVariable(Variable) == "moto", $"Needs moto: make test-real, or scripts/moto.sh and {Variable}=moto");

    public static async Task<MotoServer> StartAsync()
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Path.Combine(BuiltPrograms.Root, "scripts", "moto.sh"), ["run", "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new MotoServer(process, new CloudAccess(new Uri($"http://127.0.0.1:{port}"), CloudAccess.DefaultRegion, "test", "test"));
        using var client = new HttpClient();
        await Eventually.TrueAsync(async () => !process.HasExited && await AnswersAsync(client, server.Access.Endpoint), "moto does not answer");
        return server;
    }

    /// <summary>What is there beyond what moto has from its start: nothing, once a simulator has cleaned up. Ids and names, in order.</summary>
    public async Task<IReadOnlyList<string>> FoundAsync()
    {
        (string Operation, string Item, string State)[] kinds =
        [
            ("DescribeVpcs", "vpcId", ""), ("DescribeSubnets", "subnetId", ""), ("DescribeSecurityGroups", "groupId", ""), ("DescribeKeyPairs", "keyName", ""),
            ("DescribeNetworkInterfaces", "networkInterfaceId", ""), ("DescribeVolumes", "volumeId", ""), ("DescribeImages", "imageId", ""),
            ("DescribeInstances", "instanceId", "running"),
        ];
        var found = new List<string>();
        foreach (var (operation, item, state) in kinds)
        {
            var request = new Harness.Ec2.Model.UntypedRequest(operation);
            if (state.Length > 0)
            {
                (request.Parameters["Filter.1.Name"], request.Parameters["Filter.1.Value.1"]) = ("instance-state-name", state);
            }

            found.AddRange((await Ec2.CallAsync(request)).Document.Descendants(item).Select(element => element.Value));
        }

        return [.. found.Distinct().Order(StringComparer.Ordinal), .. await BucketsAsync()];
    }

    public async ValueTask DisposeAsync()
    {
        Ec2.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<IEnumerable<string>> BucketsAsync()
    {
        var url = Harness.Ec2.S3.S3PresignedUrl.For(
            "GET", new("", "", Access.Region, Access.Endpoint), Access.Credentials(), TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        using var client = new HttpClient();
        var document = System.Xml.Linq.XDocument.Parse(await client.GetStringAsync(new Uri(url.AbsoluteUri.Replace("//?", "/?", StringComparison.Ordinal))));
        return document.Descendants().Where(element => element.Name.LocalName == "Name").Select(element => element.Value);
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri endpoint)
    {
        try
        {
            return (await client.GetAsync(new Uri(endpoint, "/moto-api/"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
