using System.Text;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Discovery.V1;
using Harness.Kubernetes.Objects.Networking.V1;
using Harness.Kubernetes.Objects.Rbac.V1;
using Harness.Kubernetes.Objects.Scheduling.V1;
using Harness.Kubernetes.Objects.Storage.V1;
using Harness.Simulator.Kubernetes.Operations;

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
            case Job job: JobDefaults.Apply(job); break;
            case CronJob cronJob: JobDefaults.Apply(cronJob); break;
            case Service service: ServiceDefaults.Apply(service); break;
            case Namespace value: Apply(value); break;
            case Node node: Apply(node); break;
            case Secret secret: Apply(secret); break;
            case EndpointSlice slice: Apply(slice); break;
            case Endpoints endpoints: Apply(endpoints); break;
            case PersistentVolumeClaim claim: StorageDefaults.Apply(claim); break;
            case PersistentVolume volume: StorageDefaults.Apply(volume); break;
            case StorageClass value: StorageDefaults.Apply(value); break;
            case NetworkPolicy policy: NetworkPolicyDefaults.Apply(policy); break;
            case PriorityClass { HasPreemptionPolicy: false } value: value.PreemptionPolicy = "PreemptLowerPriority"; break;
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
                JobDefaults.Admit(job);
                break;
            case DaemonSet daemonSet:
                daemonSet.Metadata.Annotations[WellKnown.TemplateGeneration] = "1";
                break;
            case Node node:
                TaintUntilReady(node);
                break;
            case Namespace value:
                Admit(value);
                break;
            default:
                break;
        }
    }

    /// <summary>Nothing is to be scheduled to a new node before it was seen ready; the node lifecycle controller takes the taint away.</summary>
    private static void TaintUntilReady(Node node)
    {
        const string Key = "node.kubernetes.io/not-ready";
        if (!node.Spec.Taints.Any(taint => taint is { Key: Key, Effect: "NoSchedule" }))
        {
            node.Spec.Taints.Add(new Taint { Key = Key, Effect = "NoSchedule" });
        }
    }

    /// <summary>A namespace carries its name as a label, and stays until it was emptied.</summary>
    private static void Admit(Namespace value)
    {
        value.Metadata.Labels[WellKnown.NamespaceNameLabel] = value.Metadata.Name;
        if (!value.Spec.Finalizers.Contains(WellKnown.NamespaceFinalizer))
        {
            value.Spec.Finalizers.Add(WellKnown.NamespaceFinalizer);
        }
    }

    private static void Apply(Namespace value)
    {
        value.Spec ??= new NamespaceSpec();
        value.Status ??= new NamespaceStatus();
        if (value.Status.Phase.Length == 0)
        {
            value.Status.Phase = "Active";
        }
    }

    private static void Apply(Node node)
    {
        node.Spec ??= new NodeSpec();
        node.Status ??= new NodeStatus();
        if (node.Status.Allocatable.Count == 0)
        {
            node.Status.Allocatable.Add(node.Status.Capacity.Clone());
        }

        ResourceAmounts.RoundUp(node.Status.Capacity);
        ResourceAmounts.RoundUp(node.Status.Allocatable);
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

    private static void Apply(Endpoints endpoints)
    {
        foreach (var port in endpoints.Subsets.SelectMany(subset => subset.Ports))
        {
            port.Protocol = port.Protocol.Length == 0 ? "TCP" : port.Protocol;
        }
    }

    private static void Apply(EndpointSlice slice)
    {
        foreach (var endpoint in slice.Endpoints)
        {
            endpoint.Conditions ??= new EndpointConditions();
            endpoint.DeprecatedTopology.Clear();
        }

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
