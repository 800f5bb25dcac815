using System.Diagnostics.Metrics;
using Harness.Provider.Metrics;

namespace Harness.Provider.Tests.Metrics;

public sealed class MetricsTextTests
{
    [Fact]
    public void Render_CountersFromZeroWithTheKnownNames()
    {
        using var meter = new Meter(nameof(MetricsTextTests));
        using var text = new MetricsText(meter);
        var metrics = new ProviderMetrics(meter);
        metrics.Ec2Launched.Add(2);
        metrics.Ec2Launched.Add(1);
        var lines = text.Render().Split('\n');
        Assert.Contains("vkec2_ec2_launched_total 3", lines);
        Assert.Contains("vkec2_ec2_launch_errors_total 0", lines);
        Assert.Contains("# TYPE vkec2_ec2_launched_total counter", lines);
    }

    [Fact]
    public void Render_Labels_AreEscaped()
    {
        using var meter = new Meter(nameof(MetricsTextTests));
        using var text = new MetricsText(meter);
        meter.CreateCounter<long>("sample").Add(1, new KeyValuePair<string, object?>("why", "a \"b\"\n\\"));
        Assert.Contains("sample{why=\"a \\\"b\\\"\\n\\\\\"} 1", text.Render(), StringComparison.Ordinal);
    }
}
