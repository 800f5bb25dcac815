using System.Collections.Immutable;

namespace Harness.Simulator.Ec2.World;

/// <summary>The built-in instance types, with the figures that AWS documents for them.</summary>
public static class InstanceTypeCatalogue
{
    private const string UpTo5 = "Up to 5 Gigabit";
    private const string UpTo10 = "Up to 10 Gigabit";

    public static ImmutableArray<InstanceTypeSpec> Default { get; } =
    [
        new("t3.nano", "x86_64", 2, 2, 512, 2, 2, UpTo5),
        new("t3.micro", "x86_64", 2, 2, 1024, 2, 2, UpTo5),
        new("t3.small", "x86_64", 2, 2, 2048, 3, 4, UpTo5),
        new("t3.medium", "x86_64", 2, 2, 4096, 3, 6, UpTo5),
        new("t3.large", "x86_64", 2, 2, 8192, 3, 12, UpTo5),
        new("t4g.micro", "arm64", 2, 1, 1024, 2, 2, UpTo5),
        new("t4g.medium", "arm64", 2, 1, 4096, 3, 6, UpTo5),
        new("m5.large", "x86_64", 2, 2, 8192, 3, 10, UpTo10),
        new("m5.xlarge", "x86_64", 4, 2, 16384, 4, 15, UpTo10),
        new("m5.2xlarge", "x86_64", 8, 2, 32768, 4, 15, UpTo10),
        new("m5.metal", "x86_64", 96, 2, 393216, 15, 50, "25 Gigabit"),
        new("m6i.large", "x86_64", 2, 2, 8192, 3, 10, "Up to 12.5 Gigabit"),
        new("m6i.xlarge", "x86_64", 4, 2, 16384, 4, 15, "Up to 12.5 Gigabit"),
        new("m6g.large", "arm64", 2, 1, 8192, 3, 10, UpTo10),
        new("m6g.xlarge", "arm64", 4, 1, 16384, 4, 15, UpTo10),
        new("c5.large", "x86_64", 2, 2, 4096, 3, 10, UpTo10),
        new("c5.xlarge", "x86_64", 4, 2, 8192, 4, 15, UpTo10),
        new("c6g.large", "arm64", 2, 1, 4096, 3, 10, UpTo10),
        new("c6g.xlarge", "arm64", 4, 1, 8192, 4, 15, UpTo10),
        new("r5.large", "x86_64", 2, 2, 16384, 3, 10, UpTo10),
        new("r5.xlarge", "x86_64", 4, 2, 32768, 4, 15, UpTo10),
        new("mac1.metal", "x86_64_mac", 12, 2, 32768, 8, 30, "10 Gigabit"),
        new("mac2.metal", "arm64_mac", 8, 1, 16384, 8, 30, "10 Gigabit"),
    ];
}
