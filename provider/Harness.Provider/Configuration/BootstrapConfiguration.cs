namespace Harness.Provider.Configuration;

/// <summary>Section <c>BootstrapAgent</c>: where an instance downloads its bootstrap agent from, and what it is told.</summary>
internal sealed record BootstrapConfiguration
{
    public string? S3Bucket { get; init; }
    public string? S3Key { get; init; }
    public int GrpcPort { get; init; } = 8200;
    public string InitData { get; init; } = "";

    public static BootstrapConfiguration Read(ConfigurationSection section) => new()
    {
        S3Bucket = section.Text("S3Bucket"),
        S3Key = section.Text("S3Key"),
        GrpcPort = section.Integer("GRPCPort", 8200, 1, 65535),
        InitData = section.Text("InitData", ""),
    };
}
