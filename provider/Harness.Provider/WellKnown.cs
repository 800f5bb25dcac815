namespace Harness.Provider;

/// <summary>
/// The strings by which the provider is known to pods, instances and nodes: annotations, tags, labels. They are a
/// compatibility promise (existing configurations, pods and instances carry them) and stand nowhere else.
/// </summary>
internal static class WellKnown
{
    public const string AnnotationPrefix = "compute.amazonaws.com/";
    public const string TagsAnnotation = AnnotationPrefix + "tags";
    public const string SecurityGroupsAnnotation = AnnotationPrefix + "security-groups";
    public const string InstanceProfileAnnotation = AnnotationPrefix + "instance-profile";
    public const string ImageIdAnnotation = AnnotationPrefix + "image-id";
    public const string KeyPairAnnotation = AnnotationPrefix + "key-pair";
    public const string SubnetIdAnnotation = AnnotationPrefix + "subnet-id";
    public const string InstanceTypeAnnotation = AnnotationPrefix + "instance-type";

    /// <summary>Set by the provider: the instance that the pod runs on.</summary>
    public const string InstanceIdAnnotation = AnnotationPrefix + "instance-id";

    /// <summary>Set by the provider before RunInstances: plan and attempt, as JSON.</summary>
    public const string LaunchPlanAnnotation = AnnotationPrefix + "launch-plan";

    /// <summary>Set to "true" by a user: launch this pod although a DaemonSet owns it.</summary>
    public const string LaunchAnnotation = AnnotationPrefix + "launch";

    public const string PodUidTag = "PodUid";
    public const string PodNamespaceTag = "PodNamespace";
    public const string PodNameTag = "PodName";
    public const string NodeNameTag = "NodeName";
    public const string ClusterNameTag = "ClusterName";
    public const string NameTag = "Name";

    public const string NodeNamePrefix = "fargate-";
    public const string ProviderTaint = "virtual-kubelet.io/provider";
    public const string LeaseNamespace = "kube-node-lease";
    public const string Component = "vk-provider";
}
