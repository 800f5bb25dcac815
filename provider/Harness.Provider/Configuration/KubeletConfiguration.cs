namespace Harness.Provider.Configuration;

/// <summary>Our own section <c>Kubelet</c>: whose client certificates (of the cluster's CA) may use the kubelet port.</summary>
internal sealed record KubeletConfiguration
{
    public IReadOnlyList<string> AllowedNames { get; init; } = ["kube-apiserver-kubelet-client"];
    public IReadOnlyList<string> AllowedGroups { get; init; } = ["system:masters"];

    public static KubeletConfiguration Read(ConfigurationSection section)
    {
        var defaults = new KubeletConfiguration();
        var names = section.Texts("AllowedNames");
        var groups = section.Texts("AllowedGroups");
        return new KubeletConfiguration
        {
            AllowedNames = names.Count > 0 ? names : defaults.AllowedNames,
            AllowedGroups = groups.Count > 0 ? groups : defaults.AllowedGroups,
        };
    }
}
