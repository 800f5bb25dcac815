namespace Harness.Provider.Lifecycle;

/// <summary>
/// What a pod's annotations ask of its instance, as written by the user. A value: two are equal when every annotation is.
/// </summary>
internal sealed record LaunchWishes
{
    public string? Tags { get; init; }
    public string? SecurityGroups { get; init; }
    public string? InstanceProfile { get; init; }
    public string? ImageId { get; init; }
    public string? KeyPair { get; init; }
    public string? SubnetId { get; init; }
    public string? InstanceType { get; init; }
}
