using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Tests.Operations;

public sealed class InstanceAttributesTests
{
    [Theory]
    [InlineData("userData", "aGVsbG8=")]
    [InlineData("disableApiTermination", "false")]
    [InlineData("instanceType", "m5.large")]
    [InlineData("instanceInitiatedShutdownBehavior", "stop")]
    [InlineData("rootDeviceName", "/dev/xvda")]
    public void Describe_Attribute_GivesValue(string attribute, string expected)
    {
        var model = new TestModel();
        var id = model.Launch(("UserData", "aGVsbG8="));
        Assert.Equal(
            [expected], TestModel.Values(model.Call("DescribeInstanceAttribute", ("InstanceId", id), ("Attribute", attribute)), "value"));
    }

    [Fact]
    public void Describe_UnknownAttribute_IsRefused()
    {
        var model = new TestModel();
        Assert.Equal(
            "InvalidParameterValue", model.Try("DescribeInstanceAttribute", ("InstanceId", model.Launch()), ("Attribute", "colour")).Code);
    }

    [Fact]
    public void Modify_Groups_ReplacesThoseOfPrimaryInterface()
    {
        var model = new TestModel();
        var id = model.Launch();
        model.Call("ModifyInstanceAttribute", ("InstanceId", id), ("GroupId.1", SeedWorld.AgentSecurityGroupId));
        var document = model.Call("DescribeInstanceAttribute", ("InstanceId", id), ("Attribute", "groupSet"));
        Assert.Equal([SeedWorld.AgentSecurityGroupId], TestModel.Values(document, "groupId"));
    }

    [Theory]
    [InlineData("InstanceType.Value", "m5.xlarge")]
    [InlineData("UserData.Value", "aGk=")]
    public void Modify_WhatNeedsAStop_IsRefusedWhileRunning(string name, string value)
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        Assert.Equal("IncorrectInstanceState", model.Try("ModifyInstanceAttribute", ("InstanceId", id), (name, value)).Code);
        model.Call("StopInstances", ("InstanceId.1", id));
        model.Report(HostReportKind.Stopped, id);
        model.Advance(TimeSpan.FromMinutes(1));
        model.Call("ModifyInstanceAttribute", ("InstanceId", id), (name, value));
    }

    [Fact]
    public void Modify_OlderForm_IsUnderstood()
    {
        var model = new TestModel();
        var id = model.Launch();
        model.Call("ModifyInstanceAttribute", ("InstanceId", id), ("Attribute", "disableApiTermination"), ("Value", "true"));
        Assert.True(model.State.Instances[id].DisableApiTermination);
    }

    [Fact]
    public void Modify_AttributeThatIsNotThere_IsRefusedByName()
    {
        var model = new TestModel();
        Assert.Equal(
            "UnknownParameter", model.Try("ModifyInstanceAttribute", ("InstanceId", model.Launch()), ("SourceDestCheck.Value", "false")).Code);
    }

    [Fact]
    public void Profile_AssociateReplaceDisassociate()
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        var associated = model.Call(
            "AssociateIamInstanceProfile", ("InstanceId", id), ("IamInstanceProfile.Name", SeedWorld.DefaultInstanceProfileName));
        var association = TestModel.Values(associated, "associationId")[0];
        Assert.Equal("IncorrectState", model.Try(
            "AssociateIamInstanceProfile", ("InstanceId", id), ("IamInstanceProfile.Name", SeedWorld.DefaultInstanceProfileName)).Code);

        var replaced = model.Call(
            "ReplaceIamInstanceProfileAssociation", ("AssociationId", association),
            ("IamInstanceProfile.Name", SeedWorld.DefaultInstanceProfileName));
        association = TestModel.Values(replaced, "associationId")[0];
        var described = model.Call("DescribeIamInstanceProfileAssociations", ("Filter.1.Name", "instance-id"), ("Filter.1.Value.1", id));
        Assert.Equal([association], TestModel.Values(described, "associationId"));

        model.Call("DisassociateIamInstanceProfile", ("AssociationId", association));
        Assert.Null(model.State.Instances[id].Profile);
    }
}
