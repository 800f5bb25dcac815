using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Options;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>
/// Which fields a schema requires: those that the API always writes, but for the ones that clients may leave out all the same.
/// kubectl refuses manifests without a required field before it sends them.
/// </summary>
internal static class RequiredFields
{
    private static readonly FrozenSet<string> _optional = new[]
    {
        "EndpointSlice.ports", "ClusterRole.rules", "Role.rules", "Event.reportingComponent", "Event.reportingInstance",
        "StatefulSetSpec.serviceName", "StatefulSetStatus.availableReplicas", "TokenRequestSpec.boundObjectRef",
        "TokenRequestSpec.expirationSeconds", "TypedLocalObjectReference.apiGroup", "TypedObjectReference.apiGroup",
        "CSINodeDriver.topologyKeys", "NetworkPolicySpec.podSelector", "PodExecOptions.command", "DeploymentCondition.message",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldOptionsExtensions.JsonAlways) == true && !_optional.Contains($"{field.ContainingType.Name}.{field.Name}");
}
