using Google.Protobuf;
using Harness.Kubernetes.Objects.Certificates.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;
using Getter = System.Func<Google.Protobuf.IMessage, string>;

namespace Harness.Simulator.Kubernetes.Selectors;

/// <summary>
/// The fields of one resource that a field selector may name: the name and namespace of everything, and for some kinds a few more, the
/// same ones as in a real API server. Immutable.
/// </summary>
internal sealed class SelectableFields
{
    private static readonly Dictionary<string, SelectableFields> _known = new()
    {
        ["pods"] = Of<Pod>(PodFields()),
        ["events"] = Of<Event>(EventFields()),
        ["nodes"] = Of<Node>(new() { ["spec.unschedulable"] = node => Text(node.Spec?.Unschedulable ?? false) }),
        ["secrets"] = Of<Secret>(new() { ["type"] = secret => secret.Type }),
        ["namespaces"] = Of<Namespace>(new() { ["status.phase"] = space => space.Status?.Phase ?? "" }),
        ["services"] = Of<Service>(new()
        {
            ["spec.clusterIP"] = service => service.Spec?.ClusterIP ?? "",
            ["spec.type"] = service => service.Spec?.Type ?? "",
        }),
        ["events.events.k8s.io"] = Of<Event>(NewEventFields()),
        ["jobs.batch"] = Of<Harness.Kubernetes.Objects.Batch.V1.Job>(new()
        {
            ["status.successful"] = job => (job.Status?.Succeeded ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture),
        }),
        ["certificatesigningrequests.certificates.k8s.io"] = Of<CertificateSigningRequest>(new()
        {
            ["spec.signerName"] = request => request.Spec?.SignerName ?? "",
        }),
    };

    private readonly Dictionary<string, Getter> _getters;

    private SelectableFields(Dictionary<string, Getter> getters) => _getters = getters;

    public static SelectableFields MetadataOnly { get; } = new([]);

    public static SelectableFields Of(ApiResource resource) =>
        _known.GetValueOrDefault(resource.QualifiedPlural, MetadataOnly);

    /// <summary>Refuses a field that cannot be selected.</summary>
    public void Check(string field)
    {
        if (field is "metadata.name" or "metadata.namespace" || _getters.ContainsKey(field))
        {
            return;
        }

        throw new SelectorException(_getters.Count == 0
            ? $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
            : $"field label not supported: {field}");
    }

    public string Value(StoredObject stored, string field) => field switch
    {
        "metadata.name" => stored.Key.Name,
        "metadata.namespace" => stored.Key.Namespace,
        _ => _getters[field](((MessageObject)stored.Value).Message),
    };

    private static SelectableFields Of<T>(Dictionary<string, Func<T, string>> getters) where T : IMessage =>
        new(getters.ToDictionary<KeyValuePair<string, Func<T, string>>, string, Getter>(one => one.Key, one => message => one.Value((T)message)));

    private static Dictionary<string, Func<Pod, string>> PodFields() => new()
    {
        ["spec.nodeName"] = pod => pod.Spec?.NodeName ?? "",
        ["spec.restartPolicy"] = pod => pod.Spec?.RestartPolicy ?? "",
        ["spec.schedulerName"] = pod => pod.Spec?.SchedulerName ?? "",
        ["spec.serviceAccountName"] = pod => pod.Spec?.ServiceAccountName ?? "",
        ["spec.hostNetwork"] = pod => Text(pod.Spec?.HostNetwork ?? false),
        ["status.phase"] = pod => pod.Status?.Phase ?? "",
        ["status.podIP"] = pod => pod.Status?.PodIP ?? "",
        ["status.podIPs"] = pod => pod.Status?.PodIP ?? "",
        ["status.nominatedNodeName"] = pod => pod.Status?.NominatedNodeName ?? "",
    };

    private static Dictionary<string, Func<Event, string>> EventFields() => new()
    {
        ["involvedObject.kind"] = told => told.InvolvedObject?.Kind ?? "",
        ["involvedObject.namespace"] = told => told.InvolvedObject?.Namespace ?? "",
        ["involvedObject.name"] = told => told.InvolvedObject?.Name ?? "",
        ["involvedObject.uid"] = told => told.InvolvedObject?.Uid ?? "",
        ["involvedObject.apiVersion"] = told => told.InvolvedObject?.ApiVersion ?? "",
        ["involvedObject.resourceVersion"] = told => told.InvolvedObject?.ResourceVersion ?? "",
        ["involvedObject.fieldPath"] = told => told.InvolvedObject?.FieldPath ?? "",
        ["reason"] = told => told.Reason,
        ["reportingComponent"] = told => told.ReportingComponent,
        ["source"] = told => told.Source is { Component.Length: > 0 } source ? source.Component : told.ReportingComponent,
        ["type"] = told => told.Type,
    };

    /// <summary>The same values under the names that the newer form of events has for them.</summary>
    private static Dictionary<string, Func<Event, string>> NewEventFields() => EventFields().ToDictionary(
        one => one.Key.Replace("involvedObject.", "regarding.", StringComparison.Ordinal).Replace("reportingComponent", "reportingController", StringComparison.Ordinal),
        one => one.Value);

    private static string Text(bool value) => value ? "true" : "false";
}
