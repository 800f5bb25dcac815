using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Tests.Wire;

public sealed class MetadataHeadersTests
{
    [Theory]
    [InlineData(":path")]
    [InlineData("grpc-status")]
    [InlineData("grpc-timeout")]
    [InlineData("content-type")]
    [InlineData("te")]
    public void Add_FieldOfTheProtocol_IsNoMetadata(string name)
    {
        var metadata = new Metadata();

        MetadataHeaders.Add(metadata, name, "1");

        Assert.Empty(metadata);
    }

    [Theory]
    [InlineData("AAEC", new byte[] { 0, 1, 2 })]
    [InlineData("AAE=", new byte[] { 0, 1 })]
    [InlineData("AAE", new byte[] { 0, 1 })]
    [InlineData("AA", new byte[] { 0 })]
    [InlineData("", new byte[0])]
    public void Add_BinaryField_IsDecodedWithOrWithoutPadding(string value, byte[] expected)
    {
        var metadata = new Metadata();

        MetadataHeaders.Add(metadata, "x-bin", value);

        Assert.Equal(expected, metadata.GetValueBytes("x-bin"));
    }

    [Fact]
    public void Add_BinaryFieldsJoinedByCommas_AreAllThere()
    {
        var metadata = new Metadata();

        MetadataHeaders.Add(metadata, "x-bin", "AA==, AQ");

        Assert.Equal([[0], [1]], metadata.GetAll("x-bin").Select(entry => entry.ValueBytes));
    }

    [Fact]
    public void Add_BinaryFieldThatIsNoBase64_IsDropped()
    {
        var metadata = new Metadata();

        MetadataHeaders.Add(metadata, "x-bin", "a*b");

        Assert.Empty(metadata);
    }

    [Fact]
    public void ToHeaderValue_Binary_HasNoPadding() =>
        Assert.Equal("AAE", MetadataHeaders.ToHeaderValue(new Metadata.Entry("x-bin", [0, 1])));
}
