using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Discovery.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Microsoft.Extensions.Logging;
using SlicePort = Harness.Kubernetes.Objects.Discovery.V1.EndpointPort;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>
/// Keeps one EndpointSlice for each service with a selector: the addresses of its pods, ready or not. Named after the
/// service.
/// </summary>
public sealed class EndpointsController : Controller
{
    private const string ServiceLabel = "kubernetes.io/service-name";
    private const string ManagedByLabel = "endpointslice.kubernetes.io/managed-by";

    private readonly ObjectWatch<Pod> _pods;

    public EndpointsController(IApiClient client, TimeProvider time, ILogger<EndpointsController> logger)
        : base(client, time, logger)
    {
        var services = Watch<Service>(service => service.Metadata, (_, service) => Queue.Add(ObjectName.Of(service.Metadata)));
        _pods = Watch<Pod>(pod => pod.Metadata, (_, pod) =>
        {
            foreach (var service in services.Objects.Where(service => service.Metadata.Namespace == pod.Metadata.Namespace && service.Spec.Selector.Count > 0))
            {
                Queue.Add(ObjectName.Of(service.Metadata));
            }
        });
    }

    protected override async Task ReconcileAsync(ObjectName key, CancellationToken cancellationToken)
    {
        var service = await Client.FindAsync<Service>(key.Namespace, key.Name, cancellationToken);
        if (service is null || service.Spec.Selector.Count == 0 || service.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        var wanted = Slice(service, [.. _pods.Objects.Where(pod => Selects(service, pod) && pod.Status is { PodIP.Length: > 0 } && !PodState.IsFinished(pod))]);
        var there = await Client.FindAsync<EndpointSlice>(key.Namespace, key.Name, cancellationToken);
        if (there is null)
        {
            await Client.CreateAsync(wanted, cancellationToken);
        }
        else if (!there.Endpoints.SequenceEqual(wanted.Endpoints) || !there.Ports.SequenceEqual(wanted.Ports))
        {
            wanted.Metadata.ResourceVersion = there.Metadata.ResourceVersion;
            await Client.UpdateAsync(wanted, cancellationToken);
        }
    }

    private static bool Selects(Service service, Pod pod) =>
        service.Spec.Selector.Count > 0
        && service.Metadata.Namespace == pod.Metadata.Namespace
        && service.Spec.Selector.All(wanted => pod.Metadata.Labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);

    private static EndpointSlice Slice(Service service, List<Pod> pods)
    {
        var slice = new EndpointSlice
        {
            Metadata = new ObjectMeta { Name = service.Metadata.Name, Namespace = service.Metadata.Namespace },
            AddressType = "IPv4",
        };
        slice.Metadata.Labels[ServiceLabel] = service.Metadata.Name;
        slice.Metadata.Labels[ManagedByLabel] = "endpointslice-controller.k8s.io";
        slice.Metadata.OwnerReferences.Add(Owners.Controller("v1", "Service", service.Metadata));
        slice.Endpoints.Add(pods.OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal).Select(pod => Of(pod, service)));
        slice.Ports.Add(service.Spec.Ports.Select(port => Of(port, pods)));
        return slice;
    }

    private static Endpoint Of(Pod pod, Service service)
    {
        var ending = pod.Metadata.DeletionTimestamp is not null;
        var ready = PodState.IsReady(pod) || service.Spec.PublishNotReadyAddresses;
        return new Endpoint
        {
            Addresses = { pod.Status.PodIP },
            Conditions = new EndpointConditions { Ready = ready && !ending, Serving = ready, Terminating = ending },
            NodeName = pod.Spec.NodeName,
            TargetRef = new ObjectReference { Kind = "Pod", Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
        };
    }

    private static SlicePort Of(ServicePort port, List<Pod> pods)
    {
        var named = port.TargetPort is { IsString: true } target
            ? pods.SelectMany(pod => pod.Spec.Containers).SelectMany(container => container.Ports).FirstOrDefault(candidate => candidate.Name == target.StrVal)?.ContainerPort_
            : port.TargetPort?.IntVal;
        return new SlicePort { Name = port.Name, Protocol = port.Protocol, Port = named ?? port.Port };
    }
}
