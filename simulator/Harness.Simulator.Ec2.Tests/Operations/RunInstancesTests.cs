using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Tests.Operations;

public sealed class RunInstancesTests
{
    [Theory]
    [InlineData("ImageId", "", "MissingParameter", "The request must contain the parameter ImageId")]
    [InlineData("MinCount", "", "MissingParameter", "The request must contain the parameter MinCount")]
    [InlineData("MinCount", "0", "InvalidParameterValue", "Value (0) for parameter minCount is invalid")]
    [InlineData("MinCount", "3", "InvalidParameterValue", "for parameter maxCount is invalid")]
    [InlineData("ImageId", "linux", "InvalidAMIID.Malformed", "Invalid id: \"linux\" (expecting \"ami-...\")")]
    [InlineData("ImageId", "ami-12", "InvalidAMIID.Malformed", "Invalid id: \"ami-12\"")]
    [InlineData("ImageId", "ami-0123456789abcdef0", "InvalidAMIID.NotFound", "The image id '[ami-0123456789abcdef0]' does not exist")]
    [InlineData("InstanceType", "x9.huge", "InvalidParameterValue", "Invalid value 'x9.huge' for InstanceType.")]
    [InlineData("InstanceType", "m6g.large", "InvalidParameterValue", "The architecture 'arm64' of the specified instance type does not match")]
    [InlineData("SubnetId", "subnet-0123456789abcdef0", "InvalidSubnetID.NotFound", "The subnet ID 'subnet-0123456789abcdef0' does not exist")]
    [InlineData("SecurityGroupId.1", "sg-0123456789abcdef0", "InvalidGroup.NotFound", "The security group 'sg-0123456789abcdef0' does not exist")]
    [InlineData("SecurityGroupId.1", "default", "InvalidGroupId.Malformed", "Invalid id: \"default\" (expecting \"sg-...\")")]
    [InlineData("SecurityGroup.1", "nobody", "InvalidGroup.NotFound", "The security group 'nobody' does not exist")]
    [InlineData("KeyName", "nobody", "InvalidKeyPair.NotFound", "The key pair 'nobody' does not exist")]
    [InlineData("IamInstanceProfile.Name", "nobody", "InvalidParameterValue", "Invalid IAM Instance Profile name")]
    [InlineData("IamInstanceProfile.Arn", "nobody", "InvalidParameterValue", "Invalid IAM Instance Profile ARN")]
    [InlineData("UserData", "not base64!", "InvalidUserData.Malformed", "Invalid BASE64 encoding of user data")]
    [InlineData("Placement.AvailabilityZone", "us-west-2z", "InvalidParameterValue", "Invalid availability zone: [us-west-2z]")]
    [InlineData("MetadataOptions.HttpTokens", "never", "InvalidParameterValue", "HttpTokens")]
    [InlineData("InstanceInitiatedShutdownBehavior", "explode", "InvalidParameterValue", "instanceInitiatedShutdownBehavior")]
    [InlineData("TagSpecification.1.ResourceType", "moon", "InvalidParameterValue", "'moon' is not a valid taggable resource type")]
    [InlineData("BlockDeviceMapping.1.DeviceName", "/dev/sdz", "UnsupportedOperation", "root volumes only")]
    [InlineData("NetworkInterface.1.DeviceIndex", "1", "InvalidParameterCombination", "device index 0")]
    [InlineData("NetworkInterface.1.SubnetId", "x", "MissingParameter", "NetworkInterface.1.DeviceIndex")]
    public void Run_BadParameter_IsRefusedInEc2sWords(string name, string value, string code, string words)
    {
        var model = new TestModel();
        var reply = model.Try("RunInstances", TestModel.Launching((name, value)));
        Assert.Equal(code, reply.Code);
        Assert.Contains(words, reply.Document.Value, StringComparison.Ordinal);
        Assert.Empty(model.State.Instances);
        Assert.Empty(model.State.NetworkInterfaces);
    }

    [Fact]
    public void Run_UserDataTooLarge_IsRefused()
    {
        var reply = new TestModel().Try("RunInstances", TestModel.Launching(("UserData", Convert.ToBase64String(new byte[16385]))));
        Assert.Equal("InvalidParameterValue", reply.Code);
        new TestModel().Launch(("UserData", Convert.ToBase64String(new byte[16384])));
    }

    [Fact]
    public void Run_Tags_GoToInstanceInterfaceAndVolume()
    {
        var model = new TestModel();
        var document = model.Call("RunInstances", TestModel.Launching(
            ("TagSpecification.1.ResourceType", "instance"), ("TagSpecification.1.Tag.1.Key", "Name"),
            ("TagSpecification.1.Tag.1.Value", "default/web"),
            ("TagSpecification.2.ResourceType", "network-interface"), ("TagSpecification.2.Tag.1.Key", "n"),
            ("TagSpecification.3.ResourceType", "volume"), ("TagSpecification.3.Tag.1.Key", "v")));
        Assert.Equal("default/web", model.State.TagsOf(TestModel.Values(document, "instanceId")[0])["Name"]);
        Assert.Equal("", model.State.TagsOf(TestModel.Values(document, "networkInterfaceId")[0])["n"]);
        Assert.Equal("", model.State.TagsOf(TestModel.Values(document, "volumeId")[0])["v"]);
    }

    [Fact]
    public void Run_ExistingInterface_IsAttachedAndOutlivesInstance()
    {
        var model = new TestModel();
        var eni = TestModel.Values(model.Call("CreateNetworkInterface", ("SubnetId", SeedWorld.DefaultSubnetId)), "networkInterfaceId")[0];
        (string, string)[] parameters = [("NetworkInterface.1.DeviceIndex", "0"), ("NetworkInterface.1.NetworkInterfaceId", eni)];
        var id = model.LaunchRunning(parameters);
        Assert.Equal("InvalidNetworkInterface.InUse", model.Try("RunInstances", TestModel.Launching(parameters)).Code);
        Assert.Equal("InvalidNetworkInterface.InUse", model.Try("DeleteNetworkInterface", ("NetworkInterfaceId", eni)).Code);

        model.Terminate(id);
        Assert.Equal("available", model.State.NetworkInterfaces[eni].Status);
        model.Call("DeleteNetworkInterface", ("NetworkInterfaceId", eni));
    }

    [Fact]
    public void Run_TwoInterfaces_AreInOrderOfDeviceIndex()
    {
        var model = new TestModel();
        var document = model.Call("RunInstances", TestModel.Launching(
            ("NetworkInterface.1.DeviceIndex", "1"), ("NetworkInterface.1.SubnetId", SeedWorld.DefaultSubnetId),
            ("NetworkInterface.2.DeviceIndex", "0"), ("NetworkInterface.2.SubnetId", SeedWorld.DefaultSubnetId),
            ("NetworkInterface.2.PrivateIpAddress", "127.7.0.77")));
        Assert.Equal(["0", "1"], TestModel.Values(document, "deviceIndex"));
        Assert.Equal("127.7.0.77", TestModel.Values(document, "privateIpAddress")[0]);
    }

    [Fact]
    public void Run_TerminatedInstance_IsDescribedWithoutNetwork()
    {
        var model = new TestModel();
        var id = model.LaunchRunning(("TagSpecification.1.ResourceType", "instance"), ("TagSpecification.1.Tag.1.Key", "PodUid"));
        model.Terminate(id);
        var document = model.Call("DescribeInstances", ("InstanceId.1", id));
        Assert.Empty(TestModel.Values(document, "privateIpAddress"));
        Assert.Empty(TestModel.Values(document, "subnetId"));
        Assert.Equal(["PodUid"], TestModel.Values(document, "key"));
        Assert.Contains("Client.UserInitiatedShutdown", TestModel.Values(document, "code"));
    }
}
