using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Tests.Operations;

public sealed class TagCallsTests
{
    [Fact]
    public void CreateTags_SeveralResources_TagsEachAndOverwrites()
    {
        var model = new TestModel();
        var id = model.Launch();
        model.Call("CreateTags", ("ResourceId.1", id), ("ResourceId.2", SeedWorld.DefaultSubnetId), ("Tag.1.Key", "a"), ("Tag.1.Value", "1"));
        model.Call("CreateTags", ("ResourceId.1", id), ("Tag.1.Key", "a"), ("Tag.1.Value", "2"), ("Tag.2.Key", "b"), ("Tag.2.Value", ""));
        Assert.Equal("2", model.State.TagsOf(id)["a"]);
        Assert.Equal("", model.State.TagsOf(id)["b"]);
        Assert.Equal("1", model.State.TagsOf(SeedWorld.DefaultSubnetId)["a"]);
    }

    [Theory]
    [InlineData("i-0123456789abcdef0", "InvalidInstanceID.NotFound")]
    [InlineData("eni-0123456789abcdef0", "InvalidNetworkInterfaceID.NotFound")]
    [InlineData("vol-0123456789abcdef0", "InvalidVolume.NotFound")]
    [InlineData("subnet-0123456789abcdef0", "InvalidSubnetID.NotFound")]
    [InlineData("vpc-0123456789abcdef0", "InvalidVpcID.NotFound")]
    [InlineData("sg-0123456789abcdef0", "InvalidGroup.NotFound")]
    [InlineData("ami-0123456789abcdef0", "InvalidAMIID.NotFound")]
    [InlineData("what", "InvalidID")]
    public void CreateTags_UnknownResource_IsRefused(string resourceId, string code) =>
        Assert.Equal(code, new TestModel().Try("CreateTags", ("ResourceId.1", resourceId), ("Tag.1.Key", "a")).Code);

    [Theory]
    [InlineData("aws:mine", "x", "InvalidParameterValue")]
    [InlineData("aws-virtual-kubelet/WarmpoolStatus", "x", "OK")]
    public void CreateTags_ReservedPrefix_IsRefused(string key, string value, string code)
    {
        var model = new TestModel();
        Assert.Equal(code, model.Try("CreateTags", ("ResourceId.1", model.Launch()), ("Tag.1.Key", key), ("Tag.1.Value", value)).Code);
    }

    [Fact]
    public void CreateTags_TooLongOrTooMany_IsRefused()
    {
        var model = new TestModel();
        var id = model.Launch();
        Assert.Equal("InvalidParameterValue", model.Try("CreateTags", ("ResourceId.1", id), ("Tag.1.Key", new string('k', 129))).Code);
        Assert.Equal(
            "InvalidParameterValue", model.Try("CreateTags", ("ResourceId.1", id), ("Tag.1.Key", "k"), ("Tag.1.Value", new string('v', 257))).Code);
        var many = Enumerable.Range(1, 50).Select(index => ($"Tag.{index}.Key", $"k{index}"));
        model.Call("CreateTags", [("ResourceId.1", id), .. many]);
        Assert.Equal("TagLimitExceeded", model.Try("CreateTags", ("ResourceId.1", id), ("Tag.1.Key", "another")).Code);
    }

    [Fact]
    public void DeleteTags_ByKeyByValueAndAll()
    {
        var model = new TestModel();
        var id = model.Launch();
        model.Call(
            "CreateTags", ("ResourceId.1", id), ("Tag.1.Key", "a"), ("Tag.1.Value", "1"), ("Tag.2.Key", "b"), ("Tag.2.Value", "2"), ("Tag.3.Key", "c"));
        model.Call("DeleteTags", ("ResourceId.1", id), ("Tag.1.Key", "a"), ("Tag.1.Value", "other"), ("Tag.2.Key", "b"));
        Assert.Equal(["a", "c"], model.State.TagsOf(id).Keys);
        model.Call("DeleteTags", ("ResourceId.1", id));
        Assert.Empty(model.State.TagsOf(id));
    }

    [Theory]
    [InlineData("key", "a", 2)]
    [InlineData("value", "1", 1)]
    [InlineData("resource-type", "instance", 2)]
    [InlineData("resource-type", "subnet", 1)]
    [InlineData("resource-id", "subnet-*", 1)]
    public void DescribeTags_Filter_SelectsByValue(string name, string value, int expected)
    {
        var model = new TestModel();
        var id = model.Launch();
        model.Call("CreateTags", ("ResourceId.1", id), ("Tag.1.Key", "a"), ("Tag.1.Value", "1"), ("Tag.2.Key", "b"));
        model.Call("CreateTags", ("ResourceId.1", SeedWorld.DefaultSubnetId), ("Tag.1.Key", "a"));
        var document = model.Call("DescribeTags", ("Filter.1.Name", name), ("Filter.1.Value.1", value));
        Assert.Equal(expected, TestModel.Values(document, "key").Count);
    }
}
