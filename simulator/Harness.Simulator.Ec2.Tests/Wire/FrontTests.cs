using System.Net;
using Harness.Simulator.Ec2.Tests.Engine;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Ec2.Tests.Wire;

public sealed class FrontTests : IAsyncLifetime, IDisposable
{
    private readonly List<string> _different = [];
    private Ec2Simulator _simulator = null!;
    private Ec2Client _client = null!;

    public async Task InitializeAsync()
    {
        _simulator = await Ec2Simulator.StartAsync(
            new Ec2SimulatorOptions { BootDelay = TimeSpan.Zero, ShutdownDelay = TimeSpan.Zero }, new ManualTimeProvider(), NullLoggerFactory.Instance,
            CancellationToken.None);
        _client = new Ec2Client(_simulator.Endpoint);
    }

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-west-2/ec2/aws4_request, SignedHeaders=host, Signature=short")]
    public async Task Call_WithoutWellFormedSignature_IsAuthFailure(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/?Action=DescribeRegions&Version=2016-11-15");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        var (status, document) = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal("AuthFailure", TestModel.Values(document, "Code")[0]);
    }

    [Fact]
    public async Task Call_AsGetQuery_IsAnswered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/?Action=DescribeRegions&Version=2016-11-15");
        request.Headers.TryAddWithoutValidation("Authorization", Ec2Client.Authorization);
        var (status, document) = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["us-west-2"], TestModel.Values(document, "regionName"));
    }

    [Fact]
    public async Task Call_Presigned_IsAnswered()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            "/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIDTEST%2F20260101%2Fus-west-2%2Fsts%2Faws4_request&X-Amz-SignedHeaders=host&X-Amz-Signature=00");
        var (status, document) = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["123456789012"], TestModel.Values(document, "Account"));
    }

    [Theory]
    [InlineData("/?Version=2016-11-15", "MissingAction")]
    [InlineData("/?Action=DescribeRegions", "MissingParameter")]
    public async Task Call_Incomplete_IsRefused(string path, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", Ec2Client.Authorization);
        var (status, document) = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(code, TestModel.Values(document, "Code")[0]);
    }

    [Fact]
    public async Task Responses_MatchGoldens()
    {
        await CheckAsync("run-instances", "RunInstances", TestModel.Launching(
            ("ClientToken", "token-1"), ("UserData", "aGVsbG8="), ("KeyName", "harness"), ("IamInstanceProfile.Name", "harness-instance"),
            ("TagSpecification.1.ResourceType", "instance"), ("TagSpecification.1.Tag.1.Key", "Name"),
            ("TagSpecification.1.Tag.1.Value", "default/<web>")));
        var id = _simulator.Snapshot()[0].InstanceId;
        await CheckAsync("describe-instances", "DescribeInstances", ("InstanceId.1", id));
        await CheckAsync("describe-instance-status", "DescribeInstanceStatus", ("InstanceId.1", id));
        await CheckAsync("describe-instance-attribute", "DescribeInstanceAttribute", ("InstanceId", id), ("Attribute", "userData"));
        await CheckAsync("terminate-instances", "TerminateInstances", ("InstanceId.1", id));
        await CheckAsync("describe-instances-terminated", "DescribeInstances", ("InstanceId.1", id));
        await CheckAsync(
            "create-network-interface", "CreateNetworkInterface", ("SubnetId", "subnet-0a000000000000001"), ("Description", "node"),
            ("TagSpecification.1.ResourceType", "network-interface"), ("TagSpecification.1.Tag.1.Key", "Name"),
            ("TagSpecification.1.Tag.1.Value", "cluster"));
        await CheckAsync("describe-subnets", "DescribeSubnets", ("SubnetId.1", "subnet-0a000000000000001"));
        await CheckAsync("describe-instance-types", "DescribeInstanceTypes", ("InstanceType.1", "m5.large"));
        await CheckAsync("error-not-found", "DescribeInstances", ("InstanceId.1", "i-0123456789abcdef0"));
        await CheckAsync("error-invalid-action", "LaunchRocket");
        Assert.Empty(_different);
    }

    private async Task CheckAsync(string name, string action, params (string, string)[] parameters)
    {
        var (_, document) = await _client.PostAsync(action, parameters);
        if (!Golden.Matches(name, document))
        {
            _different.Add(name);
        }
    }
}
