using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Kubernetes.Tests.Serving;

/// <summary>pods/log over the wire: client to API server to the kubelet of the pod's node, and back.</summary>
public sealed class PodLogTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private const string Pods = "/api/v1/namespaces/default/pods";

    [Fact]
    public async Task Log_BoundPod_AsksTheKubeletAsTheApiServer()
    {
        await using FakeKubelet kubelet = await FakeKubelet.StartAsync(cluster.Cluster.CertificateAuthorityPem, answer => answer.WriteAsync("one\ntwo\n"));
        await BindAsync("asks", kubelet.Port);
        using HttpResponseMessage answer = await cluster.Admin.GetAsync($"{Pods}/asks/log?tailLines=2&timestamps=true&limitBytes=100");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("one\ntwo\n", await answer.Content.ReadAsStringAsync());
        Assert.Equal("/containerLogs/default/asks/c?timestamps=true&tailLines=2&limitBytes=100", kubelet.Last.Asked);
        Assert.Contains("CN=kube-apiserver-kubelet-client", kubelet.Last.Subject, StringComparison.Ordinal);
        Assert.Contains("O=system:masters", kubelet.Last.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_Followed_PassesLinesOnAsTheyCome()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakeKubelet kubelet = await FakeKubelet.StartAsync(cluster.Cluster.CertificateAuthorityPem, async answer =>
        {
            await answer.WriteAsync("first\n");
            await answer.Body.FlushAsync();
            await read.Task.WaitAsync(answer.HttpContext.RequestAborted);
            await answer.WriteAsync("last\n");
        });
        await BindAsync("followed", kubelet.Port);
        using HttpResponseMessage answer = await cluster.Admin.GetAsync($"{Pods}/followed/log?follow=true", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("first", await lines.ReadLineAsync());
        read.SetResult();
        Assert.Equal("last", await lines.ReadLineAsync());
        Assert.Null(await lines.ReadLineAsync());
    }

    [Fact]
    public async Task Log_KubeletRefuses_TellsItsWordsAndCode()
    {
        await using FakeKubelet kubelet = await FakeKubelet.StartAsync(cluster.Cluster.CertificateAuthorityPem, answer =>
        {
            answer.StatusCode = 400;
            return answer.WriteAsync("container \"c\" in pod \"refused\" is waiting to start\n");
        });
        await BindAsync("refused", kubelet.Port);
        (int code, JsonNode status) = await cluster.SendAsync("GET", $"{Pods}/refused/log");
        Assert.Equal(400, code);
        Assert.Equal("BadRequest", (string?)status["reason"]);
        Assert.Equal("container \"c\" in pod \"refused\" is waiting to start", (string?)status["message"]);
    }

    [Fact]
    public async Task Log_KubeletOfAnotherAuthority_TakesNoCertificateOfThisOne()
    {
        using X509Certificate2 other = FakeKubelet.SelfSigned();
        await using FakeKubelet kubelet = await FakeKubelet.StartAsync(other.ExportCertificatePem(), answer => answer.WriteAsync("secret\n"));
        await BindAsync("foreign", kubelet.Port);
        (int code, JsonNode status) = await cluster.SendAsync("GET", $"{Pods}/foreign/log");
        Assert.Equal(500, code);
        Assert.StartsWith($"Get \"https://127.0.0.1:{kubelet.Port}/containerLogs/default/foreign/c\": ", (string?)status["message"], StringComparison.Ordinal);
    }

    /// <summary>Makes a node with its kubelet at this port, and a pod of the same name on it.</summary>
    private async Task BindAsync(string name, int port)
    {
        await ExpectAsync(201, "POST", "/api/v1/nodes", $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        await ExpectAsync(200, "PATCH", $"/api/v1/nodes/{name}/status", $$"""
            {
              "status": {
                "addresses": [{"type": "InternalIP", "address": "127.0.0.1"}],
                "daemonEndpoints": {"kubeletEndpoint": {"Port": {{port}} } }
              }
            }
            """);
        await ExpectAsync(201, "POST", Pods, PodLifecycleTests.Pod(name).ToJsonString());
        await ExpectAsync(201, "POST", $"{Pods}/{name}/binding", $$$"""{"target":{"kind":"Node","name":"{{{name}}}"}}""");
    }

    private async Task ExpectAsync(int expected, string method, string path, string body)
    {
        string type = method == "PATCH" ? "application/strategic-merge-patch+json" : "application/json";
        (int code, JsonNode answer) = await cluster.SendAsync(method, path, JsonNode.Parse(body), type);
        Assert.True(code == expected, $"{method} {path} answered {code}: {answer}");
    }
}
