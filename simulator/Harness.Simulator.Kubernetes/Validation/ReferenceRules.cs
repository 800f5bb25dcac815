using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Owners and finalizers of an object: owners are named in full and one of them controls at most, a finalizer says whose it is.</summary>
internal static class ReferenceRules
{
    private static readonly string[] _standardFinalizers = ["kubernetes", "orphan", "foregroundDeletion"];

    public static IEnumerable<FieldError> Validate(ObjectMeta metadata) => Owners(metadata).Concat(Finalizers(metadata));

    private static IEnumerable<FieldError> Owners(ObjectMeta metadata)
    {
        const string Field = "metadata.ownerReferences";
        foreach (OwnerReference owner in metadata.OwnerReferences)
        {
            foreach ((string name, string value) in ((string, string)[])[("apiVersion", owner.ApiVersion), ("kind", owner.Kind), ("name", owner.Name), ("uid", owner.Uid)])
            {
                if (value.Length == 0)
                {
                    yield return FieldError.InvalidString($"{Field}.{name}", "", name == "apiVersion" ? "version must not be empty" : $"{name} must not be empty");
                }
            }
        }

        List<OwnerReference> controllers = [.. metadata.OwnerReferences.Where(owner => owner.Controller)];
        if (controllers.Count > 1)
        {
            string all = "[" + string.Join(",", metadata.OwnerReferences.Select(owner => Harness.Kubernetes.Objects.Json.KubernetesJson.ToText(owner))) + "]";
            yield return FieldError.Invalid(Field, all,
                $"Only one reference can have Controller set to true. Found \"true\" in references for {controllers[0].Name} and {controllers[1].Name}");
        }
    }

    private static IEnumerable<FieldError> Finalizers(ObjectMeta metadata)
    {
        for (int i = 0; i < metadata.Finalizers.Count; i++)
        {
            string finalizer = metadata.Finalizers[i];
            foreach (string wrong in Names.QualifiedNameErrors(finalizer))
            {
                yield return FieldError.InvalidString("metadata.finalizers", finalizer, wrong);
            }

            if (!finalizer.Contains('/') && !_standardFinalizers.Contains(finalizer))
            {
                yield return FieldError.InvalidString($"metadata.finalizers[{i}]", finalizer, "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }
}
