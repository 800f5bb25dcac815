using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Tests.Wire;

public sealed class StatusHeadersTests
{
    [Theory]
    [InlineData("0", null, StatusCode.OK, "")]
    [InlineData("16", "no%20name", StatusCode.Unauthenticated, "no name")]
    [InlineData("17", null, StatusCode.Unknown, "Unexpected grpc-status value '17'.")]
    [InlineData("-1", "why", StatusCode.Unknown, "why")]
    [InlineData("x", null, StatusCode.Unknown, "Unexpected grpc-status value 'x'.")]
    public void Parse_Fields_GiveTheStatus(string code, string? message, StatusCode expected, string detail)
    {
        var status = StatusHeaders.Parse(code, message);

        Assert.Equal(expected, status!.Value.StatusCode);
        Assert.Equal(detail, status.Value.Detail);
    }

    [Fact]
    public void Parse_NoStatusField_IsNoStatus() => Assert.Null(StatusHeaders.Parse(null, "message"));

    [Fact]
    public void Format_Status_IsCodeAndEncodedMessage()
    {
        var status = new Status(StatusCode.NotFound, "no ä");

        Assert.Equal("5", StatusHeaders.FormatCode(status));
        Assert.Equal("no %C3%A4", StatusHeaders.FormatMessage(status));
        Assert.Null(StatusHeaders.FormatMessage(Status.DefaultSuccess));
    }
}
