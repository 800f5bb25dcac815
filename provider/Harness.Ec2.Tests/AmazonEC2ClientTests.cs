using Amazon.Runtime;
using Harness.Ec2.Model;

namespace Harness.Ec2.Tests;

public sealed class AmazonEC2ClientTests : IAsyncLifetime
{
    private const string Done = "<Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>req-9</requestId><return>true</return></Response>";

    private Ec2TestServer _server = null!;
    private AmazonEC2Client _client = null!;

    public async Task InitializeAsync()
    {
        _server = await Ec2TestServer.StartAsync();
        _client = MakeClient(_server.Url);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    public static TheoryData<string, AmazonEC2Request> Requests => new()
    {
        {
            "run-instances", new RunInstancesRequest
            {
                ImageId = "ami-1",
                InstanceType = "mac1.metal",
                ClientToken = "token-1",
                SubnetId = "subnet-1",
                SecurityGroupIds = ["sg-1", "sg-2"],
                KeyName = "key",
                UserData = "SGVsbG8=",
                IamInstanceProfile = new IamInstanceProfileSpecification { Name = "profile" },
                Placement = new Placement { Tenancy = "host" },
                MetadataOptions = new InstanceMetadataOptionsRequest { HttpTokens = "required", HttpPutResponseHopLimit = 1 },
                BlockDeviceMappings = [new BlockDeviceMapping { DeviceName = "/dev/sda1", Ebs = new EbsBlockDevice { VolumeSize = 100, DeleteOnTermination = true } }],
                NetworkInterfaces = [new InstanceNetworkInterfaceSpecification { DeviceIndex = 0, Groups = ["sg-3"], AssociatePublicIpAddress = false }],
                TagSpecifications = [new TagSpecification { ResourceType = ResourceType.Instance, Tags = [new Tag("PodUid", "1-2"), new Tag("Name", "a b/ü&=")] }],
            }
        },
        {
            "describe-instances", new DescribeInstancesRequest
            {
                InstanceIds = ["i-1", "i-2"],
                Filters = [new Filter("client-token", "a"), new Filter("tag:PodUid", "b", "c")],
                MaxResults = 100,
                NextToken = "next",
            }
        },
        { "describe-instance-status", new DescribeInstanceStatusRequest { IncludeAllInstances = true, InstanceIds = ["i-1"] } },
        { "terminate-instances", new TerminateInstancesRequest { InstanceIds = ["i-1", "i-2"], DryRun = true } },
        { "create-tags", new CreateTagsRequest { Resources = ["i-1", "eni-1"], Tags = [new Tag("k", "v"), new Tag("empty", "")] } },
        { "delete-tags", new DeleteTagsRequest { Resources = ["i-1"], Tags = [new Tag("k", "v")] } },
        {
            "create-network-interface", new CreateNetworkInterfaceRequest
            {
                SubnetId = "subnet-1",
                Description = "node",
                ClientToken = "t",
                Groups = ["sg-1"],
                PrivateIpAddresses = [new PrivateIpAddressSpecification { PrivateIpAddress = "10.0.0.5", Primary = true }],
                TagSpecifications = [new TagSpecification { ResourceType = ResourceType.NetworkInterface, Tags = [new Tag("Name", "cluster")] }],
            }
        },
        { "describe-network-interfaces", new DescribeNetworkInterfacesRequest { NetworkInterfaceIds = ["eni-1"], Filters = [new Filter("tag:Name", "x")] } },
        { "delete-network-interface", new DeleteNetworkInterfaceRequest { NetworkInterfaceId = "eni-1" } },
        { "describe-subnets", new DescribeSubnetsRequest { SubnetIds = ["subnet-1"], MaxResults = 5 } },
        { "describe-images", new DescribeImagesRequest { ImageIds = ["ami-1"], Owners = ["self"], IncludeDeprecated = true } },
        { "describe-instance-types", new DescribeInstanceTypesRequest { InstanceTypes = ["mac1.metal", "t3.micro"] } },
        { "describe-security-groups", new DescribeSecurityGroupsRequest { GroupIds = ["sg-1"], GroupNames = ["default"] } },
        { "describe-instance-attribute", new DescribeInstanceAttributeRequest { InstanceId = "i-1", Attribute = "userData" } },
        { "modify-instance-attribute", new ModifyInstanceAttributeRequest { InstanceId = "i-1", DisableApiTermination = true, Groups = ["sg-1"], UserData = "eA==" } },
    };

    [Theory]
    [MemberData(nameof(Requests), DisableDiscoveryEnumeration = true)]
    public async Task Send_Request_WritesTheQueryProtocol(string golden, AmazonEC2Request request)
    {
        _server.Answer(Done);

        await SendAsync(request);

        var seen = Assert.Single(_server.Requests);
        Assert.Equal("POST", seen.Method);
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKID/", seen.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Contains("/eu-west-1/ec2/aws4_request", seen.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal(Golden.Read($"requests/{golden}.txt"), seen.Form);
    }

    [Fact]
    public async Task RunInstances_WithoutToken_RepeatsOneTokenInEachAttempt()
    {
        _server.AnswerError("InternalError", "again", 500).Answer(Golden.Read("responses/run-instances.xml"));

        await _client.RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-1" });

        var tokens = _server.Requests.Select(request => request["ClientToken"]).ToList();
        Assert.Equal(["made-1", "made-1"], tokens);
    }

    [Fact]
    public async Task RunInstances_Answer_IsRead()
    {
        _server.Answer(Golden.Read("responses/run-instances.xml"));

        var response = await _client.RunInstancesAsync(new RunInstancesRequest());

        var instance = Assert.Single(response.Reservation.Instances);
        Assert.Equal("r-1", response.Reservation.ReservationId);
        Assert.Equal("i-0123", instance.InstanceId);
        Assert.Equal(InstanceStateName.Pending, instance.State?.Name);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero), instance.LaunchTime);
        Assert.Equal("use1-a", instance.Placement?.AvailabilityZone);
        Assert.Equal("<a&b>", instance.Tags.Single(tag => tag.Key == "Name").Value);
        Assert.Equal("sg-1", Assert.Single(instance.SecurityGroups).GroupId);
        Assert.Equal("eni-1", Assert.Single(instance.NetworkInterfaces).NetworkInterfaceId);
        Assert.True(instance.NetworkInterfaces[0].Attachment?.DeleteOnTermination);
        Assert.Equal("req-run", response.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task Call_OperationWithoutTypes_WritesItsParametersAndReadsTheAnswerAsATree()
    {
        _server.Answer("<CreateVpcResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>req-7</requestId><vpc><vpcId>vpc-1</vpcId><tagSet/></vpc></CreateVpcResponse>");

        var response = await _client.CallAsync(new UntypedRequest("CreateVpc") { Parameters = { ["CidrBlock"] = "127.1.0.0/16" } });

        var seen = Assert.Single(_server.Requests);
        Assert.Equal(("CreateVpc", "2016-11-15", "127.1.0.0/16"), (seen["Action"], seen["Version"], seen["CidrBlock"]));
        Assert.Equal("vpc-1", (string?)response.Document.Element("vpc")?.Element("vpcId"));
        Assert.Equal("req-7", response.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task ListInstances_SeveralPages_ReadsAll()
    {
        _server.Answer(Golden.Read("responses/describe-instances-1.xml")).Answer(Golden.Read("responses/describe-instances-2.xml"));

        var instances = await _client.ListInstancesAsync(new DescribeInstancesRequest()).ToListAsync();

        Assert.Equal(["i-1", "i-2", "i-3"], instances.Select(instance => instance.InstanceId));
        Assert.Equal([null, "page-2"], _server.Requests.Select(request => request["NextToken"]));
    }

    [Fact]
    public async Task ListInstances_TokenThatRepeats_Fails()
    {
        _server.Answer(Golden.Read("responses/describe-instances-1.xml"));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _client.ListInstancesAsync(new DescribeInstancesRequest()).ToListAsync());
    }

    [Theory]
    [InlineData("InvalidAMIID.NotFound", 400, Ec2ErrorKind.Refused)]
    [InlineData("UnauthorizedOperation", 403, Ec2ErrorKind.Refused)]
    [InlineData("DryRunOperation", 412, Ec2ErrorKind.Refused)]
    [InlineData("RequestLimitExceeded", 503, Ec2ErrorKind.Throttled)]
    [InlineData("InsufficientInstanceCapacity", 500, Ec2ErrorKind.Capacity)]
    [InlineData("InternalError", 500, Ec2ErrorKind.Unknown)]
    [InlineData("Unavailable", 503, Ec2ErrorKind.Unknown)]
    public async Task Send_Error_IsRead(string code, int status, Ec2ErrorKind kind)
    {
        _server.AnswerError(code, "told why", status);

        var exception = await Assert.ThrowsAsync<Ec2Exception>(() => _client.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = ["i-1"] }));

        Assert.Equal(code, exception.ErrorCode);
        Assert.Equal("req-1", exception.RequestId);
        Assert.Equal(status, (int)exception.StatusCode);
        Assert.Equal(kind, exception.Kind);
        Assert.Equal("TerminateInstances", exception.Operation);
        Assert.Contains("told why", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InternalError", 500)]
    [InlineData("RequestLimitExceeded", 503)]
    public async Task Send_FaultThatPasses_IsRetried(string code, int status)
    {
        _server.AnswerError(code, "later", status).Answer(Done);

        await _client.DeleteNetworkInterfaceAsync(new DeleteNetworkInterfaceRequest { NetworkInterfaceId = "eni-1" });

        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task Send_RefusedAfterAnAttemptWithoutAnswer_IsUnknown()
    {
        _server.AnswerError("InternalError", "perhaps", 500).AnswerError("InvalidSubnetID.NotFound", "no", 400);

        var exception = await Assert.ThrowsAsync<Ec2Exception>(() => _client.RunInstancesAsync(new RunInstancesRequest()));

        Assert.Equal("InvalidSubnetID.NotFound", exception.ErrorCode);
        Assert.Equal(Ec2ErrorKind.Unknown, exception.Kind);
    }

    [Fact]
    public async Task Send_ConnectionLost_IsUnknown()
    {
        _server.Answer(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var exception = await Assert.ThrowsAsync<Ec2Exception>(() => _client.RunInstancesAsync(new RunInstancesRequest()));

        Assert.Equal(Ec2ErrorKind.Unknown, exception.Kind);
        Assert.True(exception.IsTransient);
        Assert.False(exception.IsDefinite);
    }

    [Fact]
    public async Task Send_BodyCutOff_IsUnknown()
    {
        _server.Answer("<RunInstancesResponse><instancesSet><item><instanceId>i-1</instanceId>");

        var exception = await Assert.ThrowsAsync<Ec2Exception>(() => _client.RunInstancesAsync(new RunInstancesRequest()));

        Assert.Equal(Ec2ErrorKind.Unknown, exception.Kind);
    }

    [Fact]
    public async Task Send_HtmlInsteadOfAnError_IsUnknown()
    {
        _server.Answer("<html><body>Bad gateway<br></body></html>", 502);

        var exception = await Assert.ThrowsAsync<Ec2Exception>(() => _client.RunInstancesAsync(new RunInstancesRequest()));

        Assert.Equal(Ec2ErrorKind.Unknown, exception.Kind);
        Assert.Contains("502", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_NoAnswerInTime_IsUnknown()
    {
        using var client = MakeClient(_server.Url, TimeSpan.FromMilliseconds(200));
        _server.Answer(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));

        var exception = await Assert.ThrowsAsync<Ec2Exception>(() => client.RunInstancesAsync(new RunInstancesRequest()));

        Assert.Equal(Ec2ErrorKind.Unknown, exception.Kind);
    }

    [Fact]
    public async Task Send_NobodyListens_IsNotSent()
    {
        string free;
        await using (var gone = await Ec2TestServer.StartAsync())
        {
            free = gone.Url;
        }

        using var client = MakeClient(free);

        var exception = await Assert.ThrowsAsync<Ec2Exception>(() => client.RunInstancesAsync(new RunInstancesRequest()));

        Assert.Equal(Ec2ErrorKind.NotSent, exception.Kind);
        Assert.True(exception.IsDefinite);
    }

    [Fact]
    public async Task Send_CallerCancels_ThrowsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        _server.Answer(async context =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.RunInstancesAsync(new RunInstancesRequest(), cancellation.Token));
    }

    private static AmazonEC2Client MakeClient(string url, TimeSpan? timeout = null)
    {
        var count = 0;
        return new AmazonEC2Client(new BasicAWSCredentials("AKID", "secret"), new AmazonEC2Config
        {
            ServiceURL = url,
            AuthenticationRegion = "eu-west-1",
            MaxErrorRetry = 1,
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
            ClientTokenSource = () => $"made-{++count}",
        });
    }

    private Task SendAsync(AmazonEC2Request request) => request switch
    {
        RunInstancesRequest run => _client.RunInstancesAsync(run),
        DescribeInstancesRequest describe => _client.DescribeInstancesAsync(describe),
        DescribeInstanceStatusRequest status => _client.DescribeInstanceStatusAsync(status),
        TerminateInstancesRequest terminate => _client.TerminateInstancesAsync(terminate),
        CreateTagsRequest create => _client.CreateTagsAsync(create),
        DeleteTagsRequest delete => _client.DeleteTagsAsync(delete),
        CreateNetworkInterfaceRequest create => _client.CreateNetworkInterfaceAsync(create),
        DescribeNetworkInterfacesRequest describe => _client.DescribeNetworkInterfacesAsync(describe),
        DeleteNetworkInterfaceRequest delete => _client.DeleteNetworkInterfaceAsync(delete),
        DescribeSubnetsRequest describe => _client.DescribeSubnetsAsync(describe),
        DescribeImagesRequest describe => _client.DescribeImagesAsync(describe),
        DescribeInstanceTypesRequest describe => _client.DescribeInstanceTypesAsync(describe),
        DescribeSecurityGroupsRequest describe => _client.DescribeSecurityGroupsAsync(describe),
        DescribeInstanceAttributeRequest describe => _client.DescribeInstanceAttributeAsync(describe),
        ModifyInstanceAttributeRequest modify => _client.ModifyInstanceAttributeAsync(modify),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };
}
