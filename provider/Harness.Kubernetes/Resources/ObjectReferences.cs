using Google.Protobuf;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Resources;

/// <summary>Names an object in another one. Pure.</summary>
public static class ObjectReferences
{
    /// <summary>As Events name what they are about.</summary>
    public static ObjectReference ReferenceTo<T>(this KubernetesResource<T> resource, T item)
        where T : class, IMessage<T>, new()
    {
        var metadata = resource.MetadataOf(item);
        return new ObjectReference
        {
            ApiVersion = resource.ApiVersion,
            Kind = resource.Kind,
            Namespace = metadata.Namespace,
            Name = metadata.Name,
            Uid = metadata.Uid,
            ResourceVersion = metadata.ResourceVersion,
        };
    }

    /// <summary>As dependents name their owner.</summary>
    public static OwnerReference OwnerReferenceTo<T>(this KubernetesResource<T> resource, T item)
        where T : class, IMessage<T>, new()
    {
        var metadata = resource.MetadataOf(item);
        return new OwnerReference { ApiVersion = resource.ApiVersion, Kind = resource.Kind, Name = metadata.Name, Uid = metadata.Uid };
    }
}
