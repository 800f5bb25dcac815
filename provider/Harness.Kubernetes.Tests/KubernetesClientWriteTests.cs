using System.Text;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Protobuf;
using Harness.Kubernetes.Resources;
using Harness.Kubernetes.Tests.Server;

namespace Harness.Kubernetes.Tests;

public sealed class KubernetesClientWriteTests : IAsyncLifetime
{
    private const string Echo = """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","namespace":"ns","uid":"u"},"spec":{"containers":null}}""";

    private static readonly Pod Sample = new()
    {
        Metadata = new ObjectMeta { Name = "p", Namespace = "ns" },
        Spec = new PodSpec { Containers = { new Container { Name = "c", Image = "i" } } },
    };

    private ApiTestServer _server = null!;
    private KubernetesClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await ApiTestServer.StartAsync();
        _server.AnswerJson(Echo);
        _client = _server.Client();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Create_Default_SendsProtobufInItsEnvelope()
    {
        var created = await _client.CreateAsync(KubernetesResources.Pods, Sample, new WriteOptions { DryRun = true, FieldManager = "me" }, CancellationToken.None);

        var request = Assert.Single(_server.Requests);
        Assert.Equal(("POST", "/api/v1/namespaces/ns/pods?fieldManager=me&dryRun=All"), (request.Method, request.Target));
        Assert.Equal("application/vnd.kubernetes.protobuf", request.Headers["Content-Type"]);
        var envelope = KubernetesProtobuf.Open(request.Body);
        Assert.Equal(("v1", "Pod"), (envelope.TypeMeta.ApiVersion, envelope.TypeMeta.Kind));
        Assert.Equal("i", Assert.Single(Pod.Parser.ParseFrom(envelope.Raw).Spec.Containers).Image);
        Assert.Equal("u", created.Metadata.Uid);
    }

    [Fact]
    public async Task Update_JsonByOption_SendsKindAndVersion()
    {
        using var client = _server.Client(new KubernetesClientOptions { SendProtobuf = false, PreferProtobuf = false });

        await client.UpdateStatusAsync(KubernetesResources.Pods, Sample, CancellationToken.None);

        var request = Assert.Single(_server.Requests);
        Assert.Equal(("PUT", "/api/v1/namespaces/ns/pods/p/status"), (request.Method, request.Target));
        Assert.Equal("application/json", request.Headers["Accept"]);
        var body = Encoding.UTF8.GetString(request.Body);
        Assert.StartsWith("{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\",\"namespace\":\"ns\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_Kinds_GoAsTheirMediaTypes()
    {
        await _client.PatchAsync(KubernetesResources.Pods, "ns", "p", ObjectPatch.Json("[]"), null, CancellationToken.None);
        await _client.PatchAsync(KubernetesResources.Pods, "ns", "p", ObjectPatch.Merge("{}"), null, CancellationToken.None);
        await _client.PatchStatusAsync(KubernetesResources.Pods, "ns", "p", ObjectPatch.Strategic("""{"status":{}}"""), CancellationToken.None);

        Assert.Equal(
            ["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"],
            _server.Requests.Select(request => request.Headers["Content-Type"]));
        Assert.Equal("/api/v1/namespaces/ns/pods/p/status", _server.Requests.Last().Target);
        Assert.Equal("""{"status":{}}""", Encoding.UTF8.GetString(_server.Requests.Last().Body));
    }

    [Fact]
    public async Task Delete_WithGrace_SendsOptionsAndGivesTheObject()
    {
        var options = new DeleteOptions { GracePeriodSeconds = 30, PropagationPolicy = "Background", Preconditions = new Preconditions { Uid = "u" } };

        var left = await _client.DeleteAsync(KubernetesResources.Pods, "ns", "p", options, CancellationToken.None);

        Assert.Equal("u", left!.Metadata.Uid);
        var request = Assert.Single(_server.Requests);
        Assert.Equal("DELETE", request.Method);
        var body = Encoding.UTF8.GetString(request.Body);
        Assert.Contains("\"gracePeriodSeconds\":30", body, StringComparison.Ordinal);
        Assert.Contains("\"preconditions\":{\"uid\":\"u\"}", body, StringComparison.Ordinal);
        Assert.Contains("\"propagationPolicy\":\"Background\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_AnsweredWithStatus_IsNull()
    {
        await using var server = await ApiTestServer.StartAsync();
        server.Replay("calls/delete-configmap-status.json");
        using var client = server.Client();

        Assert.Null(await client.DeleteAsync(KubernetesResources.ConfigMaps, "ns", "c", null, CancellationToken.None));
    }

    [Fact]
    public async Task CreateSubresource_Binding_IsPostedAndAnsweredWithStatus()
    {
        await using var server = await ApiTestServer.StartAsync();
        server.Replay("calls/binding.json");
        using var client = server.Client();
        var binding = new Binding { Metadata = new ObjectMeta { Name = "p" }, Target = new ObjectReference { Kind = "Node", Name = "n" } };

        var answer = await client.CreateSubresourceAsync(KubernetesResources.Pods, "ns", "p", "binding", binding, CancellationToken.None);

        Assert.Null(answer);
        var request = Assert.Single(server.Requests);
        Assert.Equal("/api/v1/namespaces/ns/pods/p/binding", request.Target);
        Assert.Equal("Binding", KubernetesProtobuf.Open(request.Body).TypeMeta.Kind);
    }

    [Fact]
    public async Task Send_RawRequest_IsRelativeToTheServer()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/version", UriKind.Relative));

        using var response = await _client.SendAsync(request, CancellationToken.None);

        Assert.Equal(Echo, await response.Content.ReadAsStringAsync());
        Assert.Equal("/version", Assert.Single(_server.Requests).Target);
    }
}
