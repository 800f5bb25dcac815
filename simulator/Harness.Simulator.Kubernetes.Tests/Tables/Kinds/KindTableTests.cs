using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Tables;

namespace Harness.Simulator.Kubernetes.Tests.Tables.Kinds;

/// <summary>Cells that no recording shows.</summary>
public sealed class KindTableTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"metadata":{"deletionTimestamp":"2026-01-02T03:04:05Z"},"status":{"phase":"Running","reason":"NodeLost"}}""", "Unknown")]
    [InlineData("""{"metadata":{"deletionTimestamp":"2026-01-02T03:04:05Z"},"status":{"phase":"Running"}}""", "Terminating")]
    [InlineData("""{"metadata":{"deletionTimestamp":"2026-01-02T03:04:05Z"},"status":{"phase":"Succeeded"}}""", "Succeeded")]
    [InlineData(
        """{"status":{"phase":"Running","containerStatuses":[{"state":{"terminated":{"reason":"Completed"}}},{"ready":true,"state":{"running":{}}}]}}""",
        "NotReady")]
    [InlineData(
        """
        {"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],
         "containerStatuses":[{"state":{"terminated":{"reason":"Completed"}}},{"ready":true,"state":{"running":{}}}]}}
        """,
        "Running")]
    [InlineData(
        """{"spec":{"initContainers":[{"name":"i"}]},"status":{"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":2}}}]}}""",
        "Init:ExitCode:2")]
    [InlineData(
        """{"spec":{"initContainers":[{"name":"i"}]},"status":{"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":1,"signal":9}}}]}}""",
        "Init:Signal:9")]
    public void Pod_Status(string pod, string expected) => Assert.Equal(expected, Cells("v1", "Pod", pod)[2]!.GetValue<string>());

    [Theory]
    [InlineData("""{"spec":{"type":"LoadBalancer"}}""", "<pending>")]
    [InlineData("""{"spec":{"type":"LoadBalancer","externalIPs":["192.0.2.1"]},"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.9"}]}}}""", "192.0.2.9,192.0.2.1")]
    [InlineData("""{"spec":{"type":"ClusterIP"}}""", "<none>")]
    public void Service_ExternalAddress(string service, string expected) => Assert.Equal(expected, Cells("v1", "Service", service)[3]!.GetValue<string>());

    [Theory]
    [InlineData("""{"status":{"conditions":[{"type":"Complete","status":"True"}]}}""", "Complete", "0/1")]
    [InlineData("""{"metadata":{"deletionTimestamp":"2026-01-02T03:04:05Z"},"spec":{"parallelism":3},"status":{"succeeded":2}}""", "Terminating", "2/1 of 3")]
    [InlineData("""{"spec":{"completions":4},"status":{"conditions":[{"type":"Suspended","status":"True"}]}}""", "Suspended", "0/4")]
    public void Job_StatusAndCompletions(string job, string status, string completions)
    {
        var cells = Cells("batch/v1", "Job", job);
        Assert.Equal((status, completions), (cells[1]!.GetValue<string>(), cells[2]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("""{"type":"Pods","pods":{"target":{"averageValue":"5"}}}""", """{"type":"Pods","pods":{"current":{"averageValue":"3"}}}""", "3/5 (avg)")]
    [InlineData("""{"type":"External","external":{"target":{"value":"5"}}}""", "null", "<unknown>/5")]
    [InlineData("""{"type":"Other"}""", "null", "<unknown type>")]
    public void Autoscaler_Targets(string metric, string current, string expected)
    {
        var item = "{\"spec\":{\"metrics\":[" + metric + "]},\"status\":{\"currentMetrics\":[" + current + "]}}";
        Assert.Equal(expected, Cells("autoscaling/v2", "HorizontalPodAutoscaler", item)[2]!.GetValue<string>());
    }

    [Fact]
    public void ControllerRevision_NamesItsControllerWithItsGroup()
    {
        var item = """{"metadata":{"name":"r","ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"db","controller":true}]},"revision":3}""";
        var cells = Cells("apps/v1", "ControllerRevision", item);
        Assert.Equal(("statefulset.apps/db", 3L), (cells[1]!.GetValue<string>(), cells[2]!.GetValue<long>()));
    }

    [Theory]
    [InlineData("""{"matchLabels":{"b":"1"},"matchExpressions":[{"key":"a","operator":"In","values":["y","x"]},{"key":"c","operator":"DoesNotExist"}]}""", "a in (x,y),b=1,!c")]
    [InlineData("{}", "<none>")]
    public void NetworkPolicy_Selector(string selector, string expected) =>
        Assert.Equal(expected, Cells("networking.k8s.io/v1", "NetworkPolicy", "{\"spec\":{\"podSelector\":" + selector + "}}")[1]!.GetValue<string>());

    [Fact]
    public void Endpoints_IPv6_StandsInBrackets()
    {
        var cells = Cells("v1", "Endpoints", """{"subsets":[{"addresses":[{"ip":"fd00::1"}],"ports":[{"port":80}]}]}""");
        Assert.Equal("[fd00::1]:80", cells[1]!.GetValue<string>());
    }

    private static JsonArray Cells(string apiVersion, string kind, string document) =>
        TablePrinter.Print(apiVersion, kind, [JsonNode.Parse(document)!.AsObject()], null, IncludeObject.None, _now)["rows"]![0]!["cells"]!.AsArray();
}
