using System.Net;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Json;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>What is wrong with the spec of a service, whatever other services there are. Pure.</summary>
internal static class ServiceSpecRules
{
    private const int MostPort = 65535;

    public static IEnumerable<FieldError> Validate(string name, ServiceSpec spec)
    {
        if (spec.ClusterIP is not ("" or "None") && !IPAddress.TryParse(spec.ClusterIP, out _))
        {
            return [FieldError.InvalidString("spec.clusterIPs[0]", spec.ClusterIP, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")];
        }

        return ServiceName(name).Concat(Ports(spec)).Concat(Selector(spec)).Concat(Choices(spec));
    }

    private static IEnumerable<FieldError> ServiceName(string name) =>
        Names.ServiceNameError(name) is { } wrong && name.Length > 0 ? [FieldError.InvalidString("metadata.name", name, wrong)] : [];

    private static IEnumerable<FieldError> Ports(ServiceSpec spec)
    {
        if (spec.Ports.Count == 0 && spec.ClusterIP != "None" && spec.Type != "ExternalName")
        {
            yield return FieldError.Required("spec.ports");
        }

        var names = new HashSet<string>();
        for (int i = 0; i < spec.Ports.Count; i++)
        {
            ServicePort port = spec.Ports[i];
            foreach (FieldError error in Port($"spec.ports[{i}]", spec, port, names))
            {
                yield return error;
            }

            if (spec.Ports.Take(i).Any(one => one.Port == port.Port && one.Protocol == port.Protocol))
            {
                var same = new ServicePort { Protocol = port.Protocol, Port = port.Port };
                yield return new FieldError($"spec.ports[{i}]", "FieldValueDuplicate", $"Duplicate value: {KubernetesJson.ToText(same)}");
            }
        }
    }

    private static IEnumerable<FieldError> Port(string at, ServiceSpec spec, ServicePort port, HashSet<string> names)
    {
        if (port.Name.Length == 0 && spec.Ports.Count > 1)
        {
            yield return FieldError.Required($"{at}.name");
        }
        else if (port.Name.Length > 0 && Names.LabelError(port.Name) is { } wrong)
        {
            yield return FieldError.InvalidString($"{at}.name", port.Name, wrong);
        }
        else if (port.Name.Length > 0 && !names.Add(port.Name))
        {
            yield return FieldError.Duplicate($"{at}.name", port.Name);
        }

        if (port.Port is < 1 or > MostPort)
        {
            yield return FieldError.Invalid($"{at}.port", $"{port.Port}", "must be between 1 and 65535, inclusive");
        }

        if (port.TargetPort is { Type: 0, IntVal: < 1 or > MostPort })
        {
            yield return FieldError.Invalid($"{at}.targetPort", $"{port.TargetPort.IntVal}", "must be between 1 and 65535, inclusive");
        }

        if (port.Protocol is not ("" or "TCP" or "UDP" or "SCTP"))
        {
            yield return FieldError.NotSupported($"{at}.protocol", port.Protocol, "SCTP", "TCP", "UDP");
        }

        if (port.NodePort != 0 && spec.Type is ("" or "ClusterIP"))
        {
            yield return FieldError.Forbidden($"{at}.nodePort", "may not be used when `type` is 'ClusterIP'");
        }
    }

    private static IEnumerable<FieldError> Selector(ServiceSpec spec) => spec.Selector.OrderBy(one => one.Key, StringComparer.Ordinal)
        .SelectMany(one => Names.QualifiedNameErrors(one.Key).Select(wrong => FieldError.InvalidString("spec.selector", one.Key, wrong))
            .Concat(Names.LabelValueErrors(one.Value).Select(wrong => FieldError.InvalidString("spec.selector", one.Value, wrong))));

    private static IEnumerable<FieldError> Choices(ServiceSpec spec)
    {
        if (spec.SessionAffinity is not ("" or "None" or "ClientIP"))
        {
            yield return FieldError.NotSupported("spec.sessionAffinity", spec.SessionAffinity, "ClientIP", "None");
        }

        if (spec.Type is not ("" or "ClusterIP" or "NodePort" or "LoadBalancer" or "ExternalName"))
        {
            yield return FieldError.NotSupported("spec.type", spec.Type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        }

        if (spec.Type == "ExternalName" && spec.ExternalName.Length == 0)
        {
            yield return FieldError.Required("spec.externalName");
        }
        else if (spec.Type == "ExternalName" && Names.SubdomainError(spec.ExternalName.TrimEnd('.')) is { } wrong)
        {
            yield return FieldError.InvalidString("spec.externalName", spec.ExternalName, wrong);
        }
    }
}
