namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>Names that the API server gives a meaning to.</summary>
internal static class WellKnown
{
    public const string DefaultNamespace = "default";
    public const string SystemNamespace = "kube-system";
    public const string PublicNamespace = "kube-public";
    public const string NodeLeaseNamespace = "kube-node-lease";
    public const string NamespaceNameLabel = "kubernetes.io/metadata.name";
    public const string NamespaceFinalizer = "kubernetes";
    public const string ForegroundFinalizer = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";
    public const string TemplateGeneration = "deprecated.daemonset.template.generation";
    public const string InitialEventsEnd = "k8s.io/initial-events-end";
    public const string AuthenticationConfigMap = "extension-apiserver-authentication";
}
