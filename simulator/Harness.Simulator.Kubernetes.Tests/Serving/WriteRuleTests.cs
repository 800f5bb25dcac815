using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tests.Serving;

/// <summary>Rules of writing that the comparison with a real API server brought to light, through the wire.</summary>
public sealed class WriteRuleTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private const string Services = "/api/v1/namespaces/default/services";

    [Fact]
    public async Task Create_NodePortService_GetsAPortThatNobodyElseHas()
    {
        (int first, JsonNode one) = await cluster.SendAsync("POST", Services, Service("np-a", "NodePort"));
        (int second, JsonNode other) = await cluster.SendAsync("POST", Services, Service("np-b", "NodePort"));
        int port = (int)one["spec"]!["ports"]![0]!["nodePort"]!;
        JsonNode taken = Service("np-c", "NodePort");
        taken["spec"]!["ports"]![0]!["nodePort"] = port;

        Assert.Equal((201, 201), (first, second));
        Assert.InRange(port, 30000, 32767);
        Assert.NotEqual(port, (int)other["spec"]!["ports"]![0]!["nodePort"]!);
        Assert.Equal(422, (await cluster.SendAsync("POST", Services, taken)).Code);
    }

    [Theory]
    [InlineData("192.168.1.1", "spec.clusterIPs")]
    [InlineData("nonsense", "spec.clusterIPs[0]")]
    public async Task Create_ServiceAtAnAddressThatCannotBe_IsRefused(string address, string field)
    {
        JsonNode service = Service("elsewhere", "ClusterIP");
        service["spec"]!["clusterIP"] = address;

        (int code, JsonNode refusal) = await cluster.SendAsync("POST", Services, service);

        Assert.Equal((422, field), (code, (string)refusal["details"]!["causes"]![0]!["field"]!));
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/configmaps", 405)]
    [InlineData("POST", "/api/v1/configmaps", 405)]
    [InlineData("GET", "/api/v1/configmaps/x", 404)]
    [InlineData("GET", "/api/v1/configmaps", 200)]
    public async Task Request_AcrossNamespaces_OnlyReadsAreThere(string method, string path, int code) =>
        Assert.Equal(code, (await cluster.SendAsync(method, path, method == "POST" ? new JsonObject() : null)).Code);

    [Theory]
    [InlineData("""{"kind":"Pod","name":"x"}""")]
    [InlineData("""{"kind":"Node"}""")]
    public async Task Bind_ToWhatIsNoNode_LeavesThePodUnbound(string target)
    {
        string name = target.Contains("Pod", StringComparison.Ordinal) ? "bind-kind" : "bind-name";
        await cluster.SendAsync("POST", "/api/v1/namespaces/default/pods", PodLifecycleTests.Pod(name));

        (int code, _) = await cluster.SendAsync("POST", $"/api/v1/namespaces/default/pods/{name}/binding", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["target"] = JsonNode.Parse(target),
        });
        (_, JsonNode pod) = await cluster.SendAsync("GET", $"/api/v1/namespaces/default/pods/{name}");

        Assert.Equal(500, code);
        Assert.Null(pod["spec"]!["nodeName"]);
    }

    [Fact]
    public async Task Update_DaemonSetTemplate_CountsItWhateverItsSenderSaysOfTheCount()
    {
        const string Sets = "/apis/apps/v1/namespaces/default/daemonsets";
        JsonNode set = JsonNode.Parse("""
            {"metadata":{"name":"counted"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"one"}]}}}}
            """)!;
        await cluster.SendAsync("POST", Sets, set);
        set["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "two";

        (int code, JsonNode updated) = await cluster.SendAsync("PUT", $"{Sets}/counted", set);

        Assert.Equal((200, "2"), (code, (string)updated["metadata"]!["annotations"]!["deprecated.daemonset.template.generation"]!));
    }

    [Fact]
    public async Task Create_StatefulSetThatMountsItsClaims_IsValid() => Assert.Equal(201, (await cluster.SendAsync("POST", "/apis/apps/v1/namespaces/default/statefulsets", JsonNode.Parse("""
        {"metadata":{"name":"claims"},"spec":{"serviceName":"s","selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
         "spec":{"containers":[{"name":"c","image":"i","volumeMounts":[{"name":"data","mountPath":"/data"}]}]}},
         "volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}]}}
        """))).Code);

    [Fact]
    public async Task Update_JobTemplate_IsRefused()
    {
        const string Jobs = "/apis/batch/v1/namespaces/default/jobs";
        await cluster.SendAsync("POST", Jobs, JsonNode.Parse("""
            {"metadata":{"name":"fixed"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"one"}]}}}}
            """));

        (int code, _) = await cluster.SendAsync("PATCH", $"{Jobs}/fixed",
            JsonNode.Parse("""{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"two"}]}}}}"""), "application/strategic-merge-patch+json");

        Assert.Equal(422, code);
    }

    [Theory]
    [InlineData("cluster-admin")]
    [InlineData("admin")]
    [InlineData("edit")]
    [InlineData("view")]
    [InlineData("system:discovery")]
    public async Task Get_RoleThatEveryClusterHas_IsThere(string name) =>
        Assert.Equal(200, (await cluster.SendAsync("GET", $"/apis/rbac.authorization.k8s.io/v1/clusterroles/{name}")).Code);

    private static JsonNode Service(string name, string type) => new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject { ["type"] = type, ["ports"] = new JsonArray(new JsonObject { ["port"] = 80 }) },
    };
}
