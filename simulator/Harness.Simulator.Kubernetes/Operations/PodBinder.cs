using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>Binds pods to nodes: the node's name and the PodScheduled condition in one write, once in a pod's life.</summary>
internal sealed class PodBinder(ObjectWriter writer, ApiResource pods, TimeProvider time)
{
    private readonly ApiResource _bindings = new()
    {
        Group = "",
        Version = "v1",
        Plural = "pods/binding",
        Singular = "",
        Kind = "Binding",
        Namespaced = true,
        Verbs = [],
    };

    public StoredObject Bind(WriteContext context, string inNamespace, string podName, Binding binding)
    {
        if (binding.Target is { Kind: not ("" or "Node") and var kind })
        {
            throw ApiErrors.Of(500, "", $"target.kind: Unsupported value: {GoText.Quote(kind)}: supported values: \"Node\", \"<empty>\"");
        }

        if (binding.Target is null or { Name.Length: 0 })
        {
            throw ApiErrors.Of(500, "", "target.name: Required value");
        }

        var key = new ObjectKey(inNamespace, podName);
        return writer.Update(context, pods, key, WritePart.Binding, current => Bound(key, current, binding));
    }

    private MessageObject Bound(ObjectKey key, StoredObject? current, Binding binding)
    {
        if (current is null)
        {
            throw ApiErrors.NotFound(pods, key.Name);
        }

        var pod = ((Pod)((MessageObject)current.Value).Message).Clone();
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            throw ApiErrors.Conflict(_bindings, key.Name, $"pod {key.Name} is being deleted, cannot be assigned to a host");
        }

        if (pod.Spec.NodeName.Length > 0)
        {
            throw ApiErrors.Conflict(_bindings, key.Name, $"pod {key.Name} is already assigned to node \"{pod.Spec.NodeName}\"");
        }

        if (binding.Metadata?.Uid is { Length: > 0 } uid && uid != pod.Metadata.Uid)
        {
            throw ApiErrors.Conflict(_bindings, key.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {pod.Metadata.Uid}");
        }

        pod.Spec.NodeName = binding.Target.Name;
        foreach ((string name, string value) in binding.Metadata?.Annotations ?? [])
        {
            pod.Metadata.Annotations[name] = value;
        }

        SetScheduled(pod, time.Now());
        return new MessageObject(pod);
    }

    private static void SetScheduled(Pod pod, Time now)
    {
        PodCondition? condition = pod.Status.Conditions.FirstOrDefault(one => one.Type == "PodScheduled");
        if (condition is null)
        {
            condition = new PodCondition { Type = "PodScheduled" };
            pod.Status.Conditions.Add(condition);
        }

        condition.Status = "True";
        condition.LastTransitionTime = now;
        condition.ClearReason();
        condition.ClearMessage();
    }
}
