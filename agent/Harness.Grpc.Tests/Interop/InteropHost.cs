using Grpc.Tests.Hosting;

namespace Grpc.Tests.Interop;

/// <summary>Our server of the interoperability cases.</summary>
internal static class InteropHost
{
    public static Task<GrpcHost> StartAsync() => GrpcHost.StartAsync(
        application => application.MapGrpcServiceOf<InteropService>(), options => options.ResponseCompressionAlgorithm = "gzip");
}
