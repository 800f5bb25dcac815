using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Grpc.Testing;
using Grpc.Tests.Hosting;
using Grpc.Tests.Interop;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests.Serving;

/// <summary>Server reflection, as a tool that knows nothing of the server asks.</summary>
public sealed class ReflectionTests : IAsyncLifetime
{
    private GrpcHost? _host;
    private GrpcChannel? _channel;

    public async Task InitializeAsync()
    {
        _host = await GrpcHost.StartAsync(
            application =>
            {
                application.MapGrpcService<PeerService>();
                application.MapGrpcService<InteropService>();
                application.MapGrpcReflectionService();
            },
            services: services => services.AddGrpcReflection());
        _channel = GrpcChannel.ForAddress(_host.Address);
    }

    public async Task DisposeAsync()
    {
        _channel!.Dispose();
        await _host!.DisposeAsync();
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1alpha")]
    public async Task ListServices_NamesAllThatAreMapped(string version)
    {
        var answer = await AskAsync(new ServerReflectionRequest { ListServices = "*" }, version);

        Assert.Equal(
            ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "grpc.testing.TestService", "harness.peer.Peer"],
            answer.ListServicesResponse.Service.Select(service => service.Name));
    }

    [Theory]
    [InlineData("grpc.testing.TestService")]
    [InlineData("grpc.testing.TestService.UnaryCall")]
    [InlineData("grpc.testing.SimpleRequest")]
    [InlineData("grpc.testing.SimpleRequest.payload")]
    [InlineData("grpc.testing.PayloadType")]
    [InlineData("grpc.testing.COMPRESSABLE")]
    public async Task FileContainingSymbol_GivesAFileThatDescribesIt(string symbol)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });

        var files = FileDescriptor.BuildFromByteStrings(answer.FileDescriptorResponse.FileDescriptorProto);
        Assert.Equal(InteropReflection.Descriptor.Name, Assert.Single(files).Name);
        Assert.Equal(symbol, answer.OriginalRequest.FileContainingSymbol);
    }

    [Fact]
    public async Task FileByFilename_GivesTheFile()
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileByFilename = "peer.proto" });

        Assert.Equal(PeerReflection.Descriptor.SerializedData, Assert.Single(answer.FileDescriptorResponse.FileDescriptorProto));
    }

    [Theory]
    [InlineData("grpc.testing.Nothing")]
    [InlineData("grpc.testing.TestService.Nothing")]
    [InlineData("")]
    public async Task FileContainingSymbol_Unknown_IsNotFound(string symbol)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });

        Assert.Equal((int)StatusCode.NotFound, answer.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task Extensions_OfAMessageWithout_AreNone()
    {
        var known = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "grpc.testing.Empty" });
        var unknown = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "grpc.testing.Nothing" });
        var one = await AskAsync(new ServerReflectionRequest
        {
            FileContainingExtension = new ExtensionRequest { ContainingType = "grpc.testing.Empty", ExtensionNumber = 5 },
        });

        Assert.Empty(known.AllExtensionNumbersResponse.ExtensionNumber);
        Assert.Equal([(int)StatusCode.NotFound, (int)StatusCode.NotFound], new[] { unknown, one }.Select(answer => answer.ErrorResponse.ErrorCode));
    }

    [Fact]
    public async Task Question_WithoutContent_IsAnInvalidArgument() =>
        Assert.Equal((int)StatusCode.InvalidArgument, (await AskAsync(new ServerReflectionRequest())).ErrorResponse.ErrorCode);

    [Fact]
    public async Task Map_WithoutServices_SaysWhatToDo()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => GrpcHost.StartAsync(application => application.MapGrpcReflectionService()));

        Assert.Contains("AddGrpcReflection()", failure.Message, StringComparison.Ordinal);
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request, string version = "v1")
    {
        var method = new Method<ServerReflectionRequest, ServerReflectionResponse>(
            MethodType.DuplexStreaming,
            $"grpc.reflection.{version}.ServerReflection",
            "ServerReflectionInfo",
            Marshallers.Create(message => message.ToByteArray(), ServerReflectionRequest.Parser.ParseFrom),
            Marshallers.Create(message => message.ToByteArray(), ServerReflectionResponse.Parser.ParseFrom));
        using var call = _channel!.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions());
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext());
        var answer = call.ResponseStream.Current;
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        return answer;
    }
}
