using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Defaults;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Tests.Defaults;

/// <summary>
/// Creates an object as the API server does, with what differs from run to run (uid, times, revision, generated names) taken from a
/// recording, so that the two can be compared as they are.
/// </summary>
internal static partial class NewObject
{
    public static JsonObject Create(JsonObject sent, ObjectMeta recorded, string recordedText)
    {
        IMessage message = KubernetesJson.ReadKind(System.Text.Encoding.UTF8.GetBytes(sent.ToJsonString()));
        var metadata = new MessageObject(message).Metadata;
        metadata.Name = recorded.Name;
        metadata.Uid = recorded.Uid;
        metadata.ResourceVersion = recorded.ResourceVersion;
        metadata.CreationTimestamp = recorded.CreationTimestamp;
        metadata.DeletionTimestamp = null;
        metadata.ClearSelfLink();
        metadata.ClearGeneration();
        if (recorded.HasGeneration)
        {
            metadata.Generation = recorded.Generation;
        }

        if (recorded.HasNamespace)
        {
            metadata.Namespace = recorded.Namespace;
        }

        if (ResourceRegistry.BuiltIn.FindMessage(message.Descriptor) is { HasStatus: true })
        {
            message.Descriptor.FindFieldByName("status").Accessor.Clear(message);
        }

        ObjectDefaults.Apply(message);
        ObjectDefaults.Admit(message, () => TokenSuffix().Match(recordedText).Groups[1].Value);
        return KubernetesJson.ToDocument(message);
    }

    [GeneratedRegex("kube-api-access-([a-z0-9]{5})")]
    private static partial Regex TokenSuffix();
}
