using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Autoscaling.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>Shows deployments, replica sets and stateful sets as a Scale, and writes the replicas of one back.</summary>
internal sealed class ObjectScaler(ObjectStore store, ObjectWriter writer)
{
    public Scale Get(ApiResource resource, ObjectKey key) => ToScale(store.Find(resource, key) ?? throw NotFound(resource, key.Name));

    /// <summary>Writes what <paramref name="next"/> makes of the present Scale.</summary>
    public Scale Update(WriteContext context, ApiResource resource, ObjectKey key, Func<Scale, Scale> next) =>
        ToScale(writer.Update(context, resource, key, WritePart.Object, current => Scaled(resource, key, current, next)));

    public static Scale ToScale(StoredObject stored)
    {
        IMessage message = ((MessageObject)stored.Value).Message;
        ObjectMeta own = stored.Metadata;
        var metadata = new ObjectMeta
        {
            Name = own.Name,
            Namespace = own.Namespace,
            Uid = own.Uid,
            ResourceVersion = own.ResourceVersion,
            CreationTimestamp = own.CreationTimestamp?.Clone(),
        };
        (int wanted, int present, LabelSelector? selector) = message switch
        {
            Deployment one => (one.Spec?.Replicas ?? 0, one.Status?.Replicas ?? 0, one.Spec?.Selector),
            ReplicaSet one => (one.Spec?.Replicas ?? 0, one.Status?.Replicas ?? 0, one.Spec?.Selector),
            StatefulSet one => (one.Spec?.Replicas ?? 0, one.Status?.Replicas ?? 0, one.Spec?.Selector),
            _ => throw ApiErrors.UnknownResource(),
        };
        return new Scale
        {
            Metadata = metadata,
            Spec = new ScaleSpec { Replicas = wanted },
            Status = new ScaleStatus { Replicas = present, Selector = Text(selector) },
        };
    }

    /// <summary>A real API server names the subresource here.</summary>
    private static ApiStatusException NotFound(ApiResource resource, string name)
    {
        ApiStatusException missing = ApiErrors.NotFound(resource, name);
        missing.Status.Message = missing.Status.Message.Replace(resource.QualifiedPlural, $"{resource.Plural}/scale.{resource.Group}", StringComparison.Ordinal);
        missing.Status.Details.Kind = $"{resource.Plural}/scale";
        return missing;
    }

    private static MessageObject Scaled(ApiResource resource, ObjectKey key, StoredObject? current, Func<Scale, Scale> next)
    {
        if (current is null)
        {
            throw ApiErrors.NotFound(resource, key.Name);
        }

        Scale wanted = next(ToScale(current));
        int replicas = wanted.Spec?.Replicas ?? 0;
        if (replicas < 0)
        {
            throw ApiErrors.Invalid("Scale", "autoscaling", key.Name,
                [FieldError.Invalid("spec.replicas", $"{replicas}", "must be greater than or equal to 0")]);
        }

        IMessage message = ((MessageObject)current.Value).Message.CloneMessage();
        IMessage spec = (IMessage)message.Descriptor.FindFieldByName("spec").Accessor.GetValue(message);
        FieldDescriptor field = spec.Descriptor.FindFieldByName("replicas");
        field.Accessor.SetValue(spec, replicas);
        var draft = new MessageObject(message);
        draft.Metadata.ResourceVersion = wanted.Metadata?.ResourceVersion ?? "";
        return draft;
    }

    /// <summary>A selector in the text form that list requests take.</summary>
    private static string Text(LabelSelector? selector)
    {
        if (selector is null)
        {
            return "";
        }

        IEnumerable<string> parts = selector.MatchLabels.Select(label => $"{label.Key}={label.Value}")
            .Concat(selector.MatchExpressions.Select(one => one.Operator switch
            {
                "In" => $"{one.Key} in ({string.Join(",", one.Values.Order(StringComparer.Ordinal))})",
                "NotIn" => $"{one.Key} notin ({string.Join(",", one.Values.Order(StringComparer.Ordinal))})",
                "Exists" => one.Key,
                _ => $"!{one.Key}",
            }));
        return string.Join(",", parts.Order(StringComparer.Ordinal));
    }
}
