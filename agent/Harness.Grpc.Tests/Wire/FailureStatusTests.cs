using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;
using Grpc.Net.Client.Calls;

namespace Grpc.Tests.Wire;

public sealed class FailureStatusTests
{
    public static TheoryData<Exception, StatusCode> Failures { get; } = new()
    {
        { new RpcException(new Status(StatusCode.NotFound, "x")), StatusCode.NotFound },
        { new HttpRequestException("x", new RpcException(new Status(StatusCode.DataLoss, "x"))), StatusCode.DataLoss },
        { new OperationCanceledException(), StatusCode.Unavailable },
        { new TaskCanceledException("x", new TimeoutException()), StatusCode.DeadlineExceeded },
        { new HttpRequestException(HttpRequestError.ConnectionError, "x", new SocketException(111)), StatusCode.Unavailable },
        { new HttpRequestException(HttpRequestError.NameResolutionError), StatusCode.Unavailable },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "x", new AuthenticationException()), StatusCode.Unavailable },
        { new HttpRequestException("x", new IOException()), StatusCode.Unavailable },
        { new HttpIOException(HttpRequestError.ResponseEnded), StatusCode.Unavailable },
        { new HttpProtocolException(8, "x", null), StatusCode.Cancelled },
        { new HttpRequestException("x", new HttpProtocolException(7, "x", null)), StatusCode.Unavailable },
        { new HttpRequestException("x"), StatusCode.Unavailable },
        { new HttpRequestException("x", new InvalidOperationException()), StatusCode.Internal },
        { new InvalidOperationException(), StatusCode.Internal },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void From_EachFailure_IsTheStatusThatItMeans(Exception failure, StatusCode expected) =>
        Assert.Equal(expected, FailureStatus.From(failure).StatusCode);
}
