using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Services: ports within their range, addresses that are addresses.</summary>
internal sealed class ServiceRules(ServiceAddresses addresses) : MessageRules<Service>
{
    protected override void PrepareCreate(Service value)
    {
        value.Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus() };
        ServiceSpec spec = value.Spec ??= new ServiceSpec();
        if (spec.Type == "ExternalName")
        {
            return;
        }

        if (spec.ClusterIP.Length == 0 && value.Metadata.Name.Length > 0)
        {
            spec.ClusterIP = addresses.Next();
        }

        GiveNodePorts(spec);

        if (spec.ClusterIPs.Count == 0)
        {
            spec.ClusterIPs.Add(spec.ClusterIP);
        }
    }

    private void GiveNodePorts(ServiceSpec spec)
    {
        if (spec.Type is not ("NodePort" or "LoadBalancer") || spec is { HasAllocateLoadBalancerNodePorts: true, AllocateLoadBalancerNodePorts: false, Type: "LoadBalancer" })
        {
            return;
        }

        foreach (ServicePort port in spec.Ports.Where(port => port.NodePort == 0))
        {
            port.NodePort = addresses.NextNodePort(spec.Ports.Select(one => one.NodePort));
        }
    }

    protected override void PrepareUpdate(Service old, Service value)
    {
        if (value.Spec is { } ports && old.Spec is not null)
        {
            foreach (ServicePort port in ports.Ports.Where(port => port.NodePort == 0))
            {
                port.NodePort = old.Spec.Ports.FirstOrDefault(one => one.Port == port.Port && one.Protocol == port.Protocol)?.NodePort ?? 0;
            }

            GiveNodePorts(ports);
        }

        if (value.Spec is { ClusterIP.Length: 0, Type: not "ExternalName" } spec && old.Spec is not null)
        {
            spec.ClusterIP = old.Spec.ClusterIP;
            spec.ClusterIPs.Clear();
            spec.ClusterIPs.Add(old.Spec.ClusterIPs);
        }
    }

    protected override IEnumerable<FieldError> ValidateCreate(Service value)
    {
        ServiceSpec spec = value.Spec ?? new ServiceSpec();
        IEnumerable<FieldError> errors = ServiceSpecRules.Validate(value.Metadata.Name, spec);
        return errors.Any() ? errors : Allocation(spec, "");
    }

    protected override IEnumerable<FieldError> ValidateUpdate(Service old, Service value)
    {
        ServiceSpec spec = value.Spec ?? new ServiceSpec();
        List<FieldError> errors = [.. ServiceSpecRules.Validate(value.Metadata.Name, spec)];
        if (old.Spec is { ClusterIP.Length: > 0 } before && before.ClusterIP != spec.ClusterIP && spec.Type != "ExternalName" && before.Type != "ExternalName")
        {
            errors.Add(FieldError.Invalid("spec.clusterIPs[0]", $"[{GoText.Quote(spec.ClusterIP)}]", "may not change once set"));
        }

        return errors.Count > 0 ? errors : NodePorts(spec, old.Metadata.Uid);
    }

    private IEnumerable<FieldError> Allocation(ServiceSpec spec, string uid)
    {
        string address = spec.ClusterIP;
        if (address is not ("" or "None"))
        {
            string? wrong = !ServiceAddresses.IsInRange(address) ? "the provided network does not match the current range"
                : addresses.IsTaken(address) ? "provided IP is already allocated" : null;
            if (wrong is not null)
            {
                yield return FieldError.Invalid("spec.clusterIPs", $"[{GoText.Quote(address)}]", $"failed to allocate IP {address}: {wrong}");
            }
        }

        foreach (FieldError error in NodePorts(spec, uid))
        {
            yield return error;
        }
    }

    private IEnumerable<FieldError> NodePorts(ServiceSpec spec, string uid)
    {
        for (int i = 0; i < spec.Ports.Count; i++)
        {
            int port = spec.Ports[i].NodePort;
            if (port != 0 && !ServiceAddresses.IsNodePort(port))
            {
                yield return FieldError.Invalid($"spec.ports[{i}].nodePort", $"{port}", "provided port is not in the valid range. The range of valid ports is 30000-32767");
            }
            else if (port != 0 && addresses.IsNodePortTaken(port, uid))
            {
                yield return FieldError.Invalid($"spec.ports[{i}].nodePort", $"{port}", "provided port is already allocated");
            }
        }
    }
}
