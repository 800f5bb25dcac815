using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Volumes of a pod: a name of their own and one source each.</summary>
internal static class VolumeRules
{
    public static IEnumerable<FieldError> Validate(string path, PodSpec spec)
    {
        var seen = new HashSet<string>();
        for (int i = 0; i < spec.Volumes.Count; i++)
        {
            string at = $"{path}[{i}]";
            Volume volume = spec.Volumes[i];
            foreach (FieldDescriptor second in Sources(volume).Skip(1))
            {
                yield return FieldError.Forbidden($"{at}.{second.JsonName}", "may not specify more than 1 volume type");
            }

            foreach (string field in Missing(volume.VolumeSource))
            {
                yield return FieldError.Required($"{at}.{field}");
            }

            if (volume.Name.Length == 0)
            {
                yield return FieldError.Required($"{at}.name");
            }
            else if (Names.LabelError(volume.Name) is { } wrong)
            {
                yield return FieldError.InvalidString($"{at}.name", volume.Name, wrong);
            }
            else if (!seen.Add(volume.Name))
            {
                yield return FieldError.Duplicate($"{at}.name", volume.Name);
            }
        }
    }

    private static IEnumerable<string> Missing(VolumeSource? source) => source switch
    {
        { EmptyDir: not null } => [],
        { HostPath.Path.Length: 0 } => ["hostPath.path"],
        { Secret.SecretName.Length: 0 } => ["secret.secretName"],
        { ConfigMap: { LocalObjectReference: null or { Name.Length: 0 } } } => ["configMap.name"],
        { PersistentVolumeClaim.ClaimName.Length: 0 } => ["persistentVolumeClaim.claimName"],
        _ => [],
    };

    private static IEnumerable<FieldDescriptor> Sources(Volume volume) =>
        volume.VolumeSource is { } source
            ? VolumeSource.Descriptor.Fields.InDeclarationOrder().Where(field => field.Accessor.HasValue(source)).OrderBy(field => field.JsonName == "emptyDir" ? 0 : 1)
            : [];
}
