using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Harness.Kubernetes.Objects;

/// <summary>
/// The kinds that have a message here, found by apiVersion and kind or by message. Only what the .proto files hold: custom resources
/// and tables are documents, not messages. Immutable after load, safe from any thread.
/// </summary>
public static class KubernetesKinds
{
    private const string MetaPackage = "k8s.io.apimachinery.pkg.apis.meta.v1";

    private static readonly FrozenDictionary<string, (string Group, string Version)> s_packages = new Dictionary<string, (string, string)>
    {
        ["k8s.io.api.core.v1"] = ("", "v1"),
        ["k8s.io.api.apps.v1"] = ("apps", "v1"),
        ["k8s.io.api.authentication.v1"] = ("authentication.k8s.io", "v1"),
        ["k8s.io.api.authorization.v1"] = ("authorization.k8s.io", "v1"),
        ["k8s.io.api.autoscaling.v1"] = ("autoscaling", "v1"),
        ["k8s.io.api.batch.v1"] = ("batch", "v1"),
        ["k8s.io.api.certificates.v1"] = ("certificates.k8s.io", "v1"),
        ["k8s.io.api.coordination.v1"] = ("coordination.k8s.io", "v1"),
        ["k8s.io.api.discovery.v1"] = ("discovery.k8s.io", "v1"),
        ["k8s.io.api.events.v1"] = ("events.k8s.io", "v1"),
        ["k8s.io.api.networking.v1"] = ("networking.k8s.io", "v1"),
        ["k8s.io.api.node.v1"] = ("node.k8s.io", "v1"),
        ["k8s.io.api.policy.v1"] = ("policy", "v1"),
        ["k8s.io.api.policy.v1beta1"] = ("policy", "v1beta1"),
        ["k8s.io.api.rbac.v1"] = ("rbac.authorization.k8s.io", "v1"),
        ["k8s.io.api.scheduling.v1"] = ("scheduling.k8s.io", "v1"),
        ["k8s.io.api.storage.v1"] = ("storage.k8s.io", "v1"),
    }.ToFrozenDictionary();

    // Kinds without object metadata; those of meta/v1 exist in every group version.
    private static readonly FrozenSet<string> s_withoutMetadata = new[]
    {
        "NodeProxyOptions", "PodAttachOptions", "PodExecOptions", "PodLogOptions", "PodPortForwardOptions", "PodProxyOptions",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> s_meta = new[]
    {
        "APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "CreateOptions", "DeleteOptions", "GetOptions", "ListOptions",
        "PatchOptions", "Status", "UpdateOptions", "WatchEvent",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> s_partial = new[] { "PartialObjectMetadata", "PartialObjectMetadataList" }.ToFrozenSet();

    // Structs with metadata of their own that are no kinds.
    private static readonly FrozenSet<string> s_templates =
        new[] { "PodTemplateSpec", "JobTemplateSpec", "PersistentVolumeClaimTemplate" }.ToFrozenSet();

    private static readonly FrozenDictionary<MessageDescriptor, KubernetesKind> s_byMessage =
        Messages().Select(TryDescribe).OfType<KubernetesKind>().ToFrozenDictionary(kind => kind.Descriptor);

    private static readonly FrozenDictionary<(string, string), KubernetesKind> s_byName =
        s_byMessage.Values.ToFrozenDictionary(kind => (kind.ApiVersion, kind.Kind));

    /// <summary>Every kind that has a message.</summary>
    public static IReadOnlyCollection<KubernetesKind> All => s_byMessage.Values;

    /// <summary>The kind of that name, or null. Status, DeleteOptions and the like are found under any apiVersion.</summary>
    public static KubernetesKind? Find(string apiVersion, string kind) =>
        s_byName.TryGetValue((apiVersion, kind), out var found) ? found
        : s_meta.Contains(kind) && s_byName.TryGetValue(("v1", kind), out found)
            ? found with { Group = GroupOf(apiVersion), Version = VersionOf(apiVersion) }
        : null;

    /// <summary>The kind of that name, or null.</summary>
    public static KubernetesKind? Find(KubernetesTypeMeta type) => Find(type.ApiVersion, type.Kind);

    /// <summary>The kind that this message carries, or null when it is only a part of kinds (a PodSpec, a list's metadata).</summary>
    public static KubernetesKind? Find(MessageDescriptor message) => s_byMessage.GetValueOrDefault(message);

    /// <summary>The kind that a message type carries.</summary>
    /// <exception cref="ArgumentException">The type is only a part of kinds.</exception>
    public static KubernetesKind Of<T>() where T : class, IMessage<T>, new() => Of(new T());

    /// <summary>The kind that a message carries.</summary>
    /// <exception cref="ArgumentException">The message is only a part of kinds.</exception>
    public static KubernetesKind Of(IMessage message) =>
        Find(message.Descriptor)
        ?? throw new ArgumentException($"{message.Descriptor.FullName} is not a kind of the Kubernetes API.", nameof(message));

    private static IEnumerable<MessageDescriptor> Messages() =>
        new[]
        {
            Core.V1.Pod.Descriptor, Apps.V1.Deployment.Descriptor, Authentication.V1.TokenReview.Descriptor,
            Authorization.V1.SubjectAccessReview.Descriptor, Autoscaling.V1.Scale.Descriptor, Batch.V1.Job.Descriptor,
            Certificates.V1.CertificateSigningRequest.Descriptor, Coordination.V1.Lease.Descriptor, Discovery.V1.EndpointSlice.Descriptor,
            Events.V1.Event.Descriptor, Networking.V1.Ingress.Descriptor, Node.V1.RuntimeClass.Descriptor, Policy.V1.Eviction.Descriptor,
            Policy.V1Beta1.Eviction.Descriptor, Rbac.V1.Role.Descriptor, Scheduling.V1.PriorityClass.Descriptor,
            Storage.V1.StorageClass.Descriptor, Meta.V1.Status.Descriptor,
        }.SelectMany(message => message.File.MessageTypes);

    private static KubernetesKind? TryDescribe(MessageDescriptor message) => message.File.Package == MetaPackage
        ? s_meta.Contains(message.Name) ? new KubernetesKind("", "v1", message.Name, message)
        : s_partial.Contains(message.Name) ? new KubernetesKind("meta.k8s.io", "v1", message.Name, message)
        : null
        : IsKind(message) && s_packages.TryGetValue(message.File.Package, out var name)
            ? new KubernetesKind(name.Group, name.Version, message.Name, message)
            : null;

    private static bool IsKind(MessageDescriptor message) =>
        s_withoutMetadata.Contains(message.Name)
        || (message.FindFieldByName("metadata") is { FieldType: FieldType.Message } metadata
            && metadata.MessageType.File.Package == MetaPackage
            && !s_templates.Contains(message.Name));

    private static string GroupOf(string apiVersion) => apiVersion.IndexOf('/') is >= 0 and var slash ? apiVersion[..slash] : "";

    private static string VersionOf(string apiVersion) => apiVersion[(apiVersion.IndexOf('/') + 1)..];
}
