using System.Text;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Discovery.V1;
using Harness.Kubernetes.Objects.Rbac.V1;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>
/// What the API server fills into an object that a client sent, before it is validated and stored: on create and on update
/// alike. Changes the object in place; pure otherwise.
/// </summary>
public static class ObjectDefaults
{
    /// <summary>Fills in the defaults of the object's kind; a kind without any is left as it is.</summary>
    public static void Apply(IMessage message)
    {
        switch (message)
        {
            case Pod pod: PodDefaults.Apply(pod); break;
            case Deployment deployment: WorkloadDefaults.Apply(deployment); break;
            case ReplicaSet replicaSet: WorkloadDefaults.Apply(replicaSet); break;
            case StatefulSet statefulSet: WorkloadDefaults.Apply(statefulSet); break;
            case DaemonSet daemonSet: WorkloadDefaults.Apply(daemonSet); break;
            case Job job: WorkloadDefaults.Apply(job); break;
            case Service service: ServiceDefaults.Apply(service); break;
            case Namespace value: Apply(value); break;
            case Node node: Apply(node); break;
            case Secret secret: Apply(secret); break;
            case EndpointSlice slice: Apply(slice); break;
            case RoleBinding binding: Apply(binding.RoleRef, binding.Subjects); break;
            case ClusterRoleBinding binding: Apply(binding.RoleRef, binding.Subjects); break;
            default: break;
        }
    }

    /// <summary>What admission adds to a new object on top of the defaults, and the status that a new object begins with.</summary>
    /// <param name="message">The object, with its defaults, name and UID.</param>
    /// <param name="suffix">Gives five random characters, as names are generated with.</param>
    public static void Admit(IMessage message, Func<string> suffix)
    {
        switch (message)
        {
            case Pod pod:
                PodDefaults.ResetStatus(pod);
                PodAdmission.Apply(pod, suffix);
                break;
            case Job job:
                WorkloadDefaults.SelectByUid(job);
                break;
            case Namespace value:
                value.Metadata.Labels["kubernetes.io/metadata.name"] = value.Metadata.Name;
                break;
            default:
                break;
        }
    }

    private static void Apply(Namespace value)
    {
        value.Spec ??= new NamespaceSpec();
        value.Status ??= new NamespaceStatus();
        if (value.Spec.Finalizers.Count == 0 && value.Metadata.DeletionTimestamp is null)
        {
            value.Spec.Finalizers.Add("kubernetes");
        }

        if (value.Status.Phase.Length == 0)
        {
            value.Status.Phase = "Active";
        }
    }

    private static void Apply(Node node)
    {
        node.Spec ??= new NodeSpec();
        node.Status ??= new NodeStatus();
        node.Status.NodeInfo ??= new NodeSystemInfo();
        node.Status.DaemonEndpoints ??= new NodeDaemonEndpoints();
        node.Status.DaemonEndpoints.KubeletEndpoint ??= new DaemonEndpoint();
    }

    private static void Apply(Secret secret)
    {
        foreach (var (key, text) in secret.StringData)
        {
            secret.Data[key] = ByteString.CopyFrom(text, Encoding.UTF8);
        }

        secret.StringData.Clear();
        if (secret.Type.Length == 0)
        {
            secret.Type = "Opaque";
        }
    }

    private static void Apply(EndpointSlice slice)
    {
        foreach (var port in slice.Ports)
        {
            port.Name = port.HasName ? port.Name : "";
            port.Protocol = port.HasProtocol ? port.Protocol : "TCP";
        }
    }

    private static void Apply(RoleRef role, IEnumerable<Subject> subjects)
    {
        const string Group = "rbac.authorization.k8s.io";
        if (role is { ApiGroup.Length: 0 })
        {
            role.ApiGroup = Group;
        }

        foreach (var subject in subjects.Where(subject => subject.ApiGroup.Length == 0 && subject.Kind is "User" or "Group"))
        {
            subject.ApiGroup = Group;
        }
    }
}
