namespace Harness.Provider.Configuration;

/// <summary>Section <c>VMConfig</c>: what a pod's instance is when its annotations do not say.</summary>
internal sealed record VmConfiguration
{
    public string? DefaultAmi { get; init; }
    public string InitData { get; init; } = "";
    public IReadOnlyList<string> InitialSecurityGroups { get; init; } = [];

    /// <summary>
    /// Our own keys: DefaultInstanceType, DefaultSubnet (else the management subnet), DefaultInstanceProfile, DefaultKeyPair.
    /// </summary>
    public string? DefaultInstanceType { get; init; }
    public string? DefaultSubnet { get; init; }
    public string? DefaultInstanceProfile { get; init; }
    public string? DefaultKeyPair { get; init; }

    public static VmConfiguration Read(ConfigurationSection section) => new()
    {
        DefaultAmi = section.Text("DefaultAMI"),
        InitData = section.Text("InitData", ""),
        InitialSecurityGroups = section.Texts("InitialSecurityGroups"),
        DefaultInstanceType = section.Text("DefaultInstanceType"),
        DefaultSubnet = section.Text("DefaultSubnet"),
        DefaultInstanceProfile = section.Text("DefaultInstanceProfile"),
        DefaultKeyPair = section.Text("DefaultKeyPair"),
    };
}
