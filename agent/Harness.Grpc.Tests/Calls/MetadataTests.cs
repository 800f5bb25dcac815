using Grpc.Core;

namespace Grpc.Tests.Calls;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a:b")]
    public void Entry_InvalidKey_IsRefused(string key) => Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Fact]
    public void Entry_KeyAndValueOfDifferentKinds_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", [1]));
    }

    [Fact]
    public void Get_RepeatedKey_IsTheLastInAnyCase()
    {
        var metadata = new Metadata { { "Key", "one" }, { "key", "two" } };

        Assert.Equal("two", metadata.GetValue("KEY"));
        Assert.Equal(["one", "two"], metadata.GetAll("key").Select(entry => entry.Value));
        Assert.All(metadata, entry => Assert.Equal("key", entry.Key));
        Assert.Null(metadata.Get("other"));
    }

    [Fact]
    public void Value_OfBinaryEntry_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new Metadata.Entry("key-bin", [1]).Value);

    [Fact]
    public void Empty_Changed_Throws() => Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("key", "value"));
}
