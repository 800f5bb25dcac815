namespace Harness.Provider.Configuration;

/// <summary>
/// One entry of <c>WarmPoolConfig</c>. Read and checked, so that existing files keep working; pools are not kept yet, which is told as
/// a warning.
/// </summary>
internal sealed record WarmPoolConfiguration
{
    public int DesiredCount { get; init; } = 10;
    public string? IamInstanceProfile { get; init; }
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];
    public string? KeyPair { get; init; }
    public string? ImageId { get; init; }
    public string? InstanceType { get; init; }
    public IReadOnlyList<string> Subnets { get; init; } = [];
    public bool Default { get; init; }

    public static WarmPoolConfiguration Read(ConfigurationSection section) => new()
    {
        DesiredCount = section.Integer("DesiredCount", 10, 0, 10_000),
        IamInstanceProfile = section.Text("IamInstanceProfile"),
        SecurityGroups = section.Texts("SecurityGroups"),
        KeyPair = section.Text("KeyPair"),
        ImageId = section.Text("ImageID"),
        InstanceType = section.Text("InstanceType"),
        Subnets = section.Texts("Subnets"),
        Default = section.Truth("Default", false),
    };
}
