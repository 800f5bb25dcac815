using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>Owner references: who controls an object, and how one says so. Pure.</summary>
internal static class Owners
{
    /// <summary>The one owner that controls the object, or null.</summary>
    public static OwnerReference? ControllerOf(ObjectMeta metadata) => metadata.OwnerReferences.FirstOrDefault(owner => owner.Controller);

    public static bool IsControlledBy(ObjectMeta metadata, ObjectMeta owner) => ControllerOf(metadata)?.Uid == owner.Uid;

    public static OwnerReference Controller(string apiVersion, string kind, ObjectMeta owner) => new()
    {
        ApiVersion = apiVersion,
        Kind = kind,
        Name = owner.Name,
        Uid = owner.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
