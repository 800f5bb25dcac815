using System.Net;
using Grpc.Tests.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Grpc.Tests.Serving;

/// <summary>What the server answers to requests that no gRPC client sends.</summary>
public sealed class RawRequestTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] EmptyMessage = [0, 0, 0, 0, 0];
    private readonly HttpClient _http = new();
    private GrpcHost? _host;

    public async Task InitializeAsync() => _host = await GrpcHost.StartAsync();

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData(null)]
    public async Task Post_AnotherContentType_Is415(string? contentType)
    {
        using var response = await PostAsync("/harness.peer.Peer/Echo", EmptyMessage, contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc; charset=utf-8")]
    public async Task Post_ContentTypeOfGrpc_IsServed(string contentType)
    {
        using var response = await PostAsync("/harness.peer.Peer/Echo", EmptyMessage, contentType);
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(EmptyMessage, body);
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Get_AMethod_IsNotServed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_host!.Address}/harness.peer.Peer/Echo");
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        using var response = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Post_Http11_Is426()
    {
        await using var host = await GrpcHost.StartAsync(
            listen: kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1));
        using var content = new ByteArrayContent(EmptyMessage);
        content.Headers.TryAddWithoutValidation("content-type", "application/grpc");

        using var response = await _http.PostAsync(new Uri($"{host.Address}/harness.peer.Peer/Echo"), content);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    [Theory]
    [InlineData("/harness.peer.Peer/Other", "12")]
    [InlineData("/harness.peer.Elsewhere/Echo", "12")]
    [InlineData("/harness.peer.Peer/Missing", "12")]
    public async Task Post_WhatIsNotThere_IsUnimplementedInTheHeaders(string path, string status)
    {
        using var response = await PostAsync(path, EmptyMessage);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(status, response.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Post_NoGrpcToAnUnknownPath_Is404()
    {
        using var response = await PostAsync("/some/page", [], "text/plain");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Post_UnknownEncoding_IsUnimplementedAndTellsTheKnownOnes()
    {
        using var response = await PostAsync("/harness.peer.Peer/Echo", EmptyMessage, encoding: "snappy");

        Assert.Equal("12", response.Headers.GetValues("grpc-status").Single());
        Assert.Equal("identity,gzip", response.Headers.GetValues("grpc-accept-encoding").Single());
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 })]
    [InlineData(new byte[] { 7, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 255 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public async Task Post_BodyThatIsNotOneMessage_IsInternal(byte[] body)
    {
        using var response = await PostAsync("/harness.peer.Peer/Echo", body);

        Assert.Equal("13", response.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Post_ErrorMessage_IsPercentEncoded()
    {
        using var response = await PostAsync("/harness.peer.Peer/Echo", [0, 0, 0, 0, 6, 10, 4, .. "fail"u8]);

        Assert.Equal("10", response.Headers.GetValues("grpc-status").Single());
        Assert.Equal("100 %25 k%C3%A4putt%0A%E5%A4%B1%E6%95%97", response.Headers.GetValues("grpc-message").Single());
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path, byte[] body, string? contentType = "application/grpc", string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _host!.Address + path);
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("content-type", contentType);
        request.Headers.TryAddWithoutValidation("te", "trailers");
        if (encoding is not null)
        {
            request.Headers.TryAddWithoutValidation("grpc-encoding", encoding);
        }

        return await _http.SendAsync(request);
    }
}
