using Google.Protobuf.Reflection;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>The names of schemas in OpenAPI documents: those of a real API server, such as <c>io.k8s.api.core.v1.Pod</c>.</summary>
internal static class SchemaName
{
    private const string PackagePrefix = "k8s.io.";

    /// <summary>The name of a message's schema: <c>k8s.io.api.core.v1.Pod</c> with the domain turned round.</summary>
    public static string Of(MessageDescriptor message) => "io.k8s." + message.FullName[PackagePrefix.Length..];

    /// <summary>The name of a resource's schema.</summary>
    public static string Of(ApiResource resource) =>
        resource.Descriptor is { } descriptor ? Of(descriptor) : $"io.k8s.api.{Package(resource.Group)}.{resource.Version}.{resource.Kind}";

    /// <summary>The name of the schema of a list of a resource's objects.</summary>
    public static string OfList(ApiResource resource) => Of(resource) + "List";

    private static string Package(string group) => group.Length == 0 ? "core" : group.Split('.')[0];
}
