using System.Text;
using Harness.Provider.Configuration;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    [Fact]
    public void Parse_OnlyWhatIsRequired_HasTheDocumentedDefaults()
    {
        var configuration = Parse("""{ "ManagementSubnet": "subnet-1" }""").Configuration;
        Assert.Equal(("us-west-2", "aws-virtual-kubelet", "subnet-1"), (configuration.Region, configuration.ClusterName, configuration.ManagementSubnet));
        Assert.Equal((30, 5, 15), (configuration.AwsClientTimeout.TotalSeconds, configuration.AwsClientDialerTimeout.TotalSeconds, configuration.StatusInterval.TotalSeconds));
        Assert.Equal(8200, configuration.Bootstrap.GrpcPort);
        Assert.Equal((5, null, 60, 10), (
            configuration.Health.UnhealthyThresholdCount, configuration.Health.UnhealthyMaxCount,
            configuration.Health.HealthCheckInterval.TotalSeconds, configuration.Health.StreamRetryInterval.TotalSeconds));
        Assert.Equal((8200, 300, 60, 60), (
            configuration.Agent.Port, configuration.Agent.Timeout.TotalSeconds, configuration.Agent.MinConnectTimeout.TotalSeconds,
            configuration.Agent.HealthCheckInterval.TotalSeconds));
        Assert.Equal(new Backoff(TimeSpan.FromSeconds(1), 1.5, 0.5, TimeSpan.FromSeconds(120)), configuration.Agent.Backoff);
        Assert.Null(configuration.Agent.KeepaliveTime);
        Assert.Equal(("20", "40Gi", "40Gi", 200), (configuration.Node.Cpu, configuration.Node.Memory, configuration.Node.Storage, configuration.Node.Pods));
    }

    [Fact]
    public void Parse_AnExistingFile_IsReadWithoutWarnings()
    {
        var file = Parse("""
            {
              "Region": "eu-west-1", "ClusterName": "c", "ManagementSubnet": "subnet-1",
              "AWSClientTimeoutSeconds": 10, "AWSClientDialerTimeoutSeconds": "2", "StatusIntervalSeconds": 5,
              "VMConfig": { "DefaultAMI": "ami-1", "InitData": "aW5pdA==", "InitialSecurityGroups": ["sg-1", "sg-2"] },
              "BootstrapAgent": { "S3Bucket": "b", "S3Key": "k", "GRPCPort": 8201, "InitData": "" },
              "HealthConfig": { "UnhealthyThresholdCount": 3, "UnhealthyMaxCount": 10, "HealthCheckIntervalSeconds": 30, "StreamRetryIntervalSeconds": 4 },
              "VKVMAgentConnectionConfig": {
                "Port": 8300, "TimeoutSeconds": 100, "MinConnectTimeoutSeconds": 20, "HealthCheckIntervalSeconds": 6,
                "Backoff": { "BaseDelaySeconds": 2, "Multiplier": 2, "Jitter": 0.1, "MaxDelaySeconds": 60 },
                "KeepaliveEnabled": true, "Keepalive": { "TimeSeconds": 61, "TimeoutSeconds": 62 }
              }
            }
            """);
        Assert.Empty(file.Warnings);
        Assert.Equal(["sg-1", "sg-2"], file.Configuration.Vm.InitialSecurityGroups);
        Assert.Equal((10, 61, 62), (
            file.Configuration.Health.UnhealthyMaxCount, file.Configuration.Agent.KeepaliveTime?.TotalSeconds, file.Configuration.Agent.KeepaliveTimeout.TotalSeconds));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"7\"")]
    public void Parse_DesiredCount_NumberOrText(string count)
    {
        var file = Parse($$"""{ "ManagementSubnet": "s", "WarmPoolConfig": [ { "DesiredCount": {{count}}, "Subnets": ["a"] }, {} ] }""");
        Assert.Equal([7, 10], file.Configuration.WarmPools.Select(pool => pool.DesiredCount));
        Assert.Contains(file.Warnings, warning => warning.Contains("WarmPoolConfig", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_UnknownKeys_AreWarningsWithTheirFullNames()
    {
        var file = Parse("""{ "ManagementSubnet": "s", "Regoin": "x", "HealthConfig": { "Nope": 1 }, "WarmPoolConfig": [ { "Typo": 1 } ] }""");
        Assert.Contains(file.Warnings, warning => warning.Contains(" Regoin ", StringComparison.Ordinal));
        Assert.Contains(file.Warnings, warning => warning.Contains(" HealthConfig.Nope ", StringComparison.Ordinal));
        Assert.Contains(file.Warnings, warning => warning.Contains(" WarmPoolConfig[0].Typo ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ }""", "ManagementSubnet is missing")]
    [InlineData("""[ ]""", "is not a JSON object")]
    [InlineData("""{ "ManagementSubnet": 5 }""", "ManagementSubnet: 5 is not a text")]
    [InlineData("""{ "ManagementSubnet": "s", "StatusIntervalSeconds": "soon" }""", "StatusIntervalSeconds: \"soon\" is not a number")]
    [InlineData("""{ "ManagementSubnet": "s", "VKVMAgentConnectionConfig": { "Port": 70000 } }""", "VKVMAgentConnectionConfig.Port: 70000 is not a whole number from 1 to 65535")]
    [InlineData("""{ "ManagementSubnet": "s", "VKVMAgentConnectionConfig": { "KeepaliveEnabled": "often" } }""", "KeepaliveEnabled: \"often\" is neither true nor false")]
    [InlineData("""{ "ManagementSubnet": "s", "VKVMAgentConnectionConfig": { "OnTimeout": "Panic" } }""", "OnTimeout: \"Panic\" is none of Replace, Fail")]
    [InlineData("""{ "ManagementSubnet": "s", "HealthConfig": 3 }""", "HealthConfig is not a JSON object")]
    [InlineData("""{ "ManagementSubnet": "s", "WarmPoolConfig": {} }""", "WarmPoolConfig: {} is not a list")]
    [InlineData("""{ "ManagementSubnet": "s", "VMConfig": { "InitialSecurityGroups": [1] } }""", "InitialSecurityGroups: [1] is not a list of texts")]
    [InlineData("""{ "ManagementSubnet": "s", }  oops""", "line 1: this is not JSON")]
    public void Parse_Wrong_OneLineNamesFileKeyAndValue(string json, string expected)
    {
        var message = Assert.Throws<ConfigurationException>(() => Parse(json)).Message;
        Assert.StartsWith("config.json: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Load_NoSuchFile_SaysWhichAndWhatToDo() =>
        Assert.Contains("--config", Assert.Throws<ConfigurationException>(() => ConfigurationFile.Load("/nowhere/config.json")).Message, StringComparison.Ordinal);

    private static ConfigurationFile Parse(string json) => ConfigurationFile.Parse("config.json", Encoding.UTF8.GetBytes(json));
}
