using System.Diagnostics;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Testing;

namespace Harness.Simulator.Kubernetes.Tests.Serving;

/// <summary>A session of stock kubectl over the API alone, with each kubectl that is there.</summary>
public sealed class KubectlSessionTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private const string Manifest = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: hello
        spec:
          replicas: 3
          selector: {matchLabels: {app: hello}}
          template:
            metadata: {labels: {app: hello}}
            spec:
              containers:
              - {name: main, image: "busybox:1", command: [sleep, "9"]}
        """;

    public static TheoryData<string> Kubectls() => StockKubectl.Found.Count > 0 ? new(StockKubectl.Found) : new("");

    [SkippableTheory]
    [MemberData(nameof(Kubectls))]
    public async Task Session_ApplyScalePatchDelete_Works(string kubectl)
    {
        Skip.If(kubectl.Length == 0, "No kubectl: run scripts/setup-peers kubectl");
        string folder = Directory.CreateTempSubdirectory("kubectl-session").FullName;
        try
        {
            var session = new Session(kubectl, folder);
            await File.WriteAllTextAsync(session.Kubeconfig, cluster.Cluster.KubeconfigFor("admin", UserIdentity.Masters));
            await File.WriteAllTextAsync(session.Manifest, Manifest);
            await session.ExpectAsync("deployment.apps/hello created", "apply", "-f", session.Manifest);
            await session.ExpectAsync("deployment.apps/hello unchanged", "apply", "-f", session.Manifest);
            await session.ExpectAsync("0/3", "get", "deployment", "hello");
            await session.ExpectAsync("deployment.apps/hello scaled", "scale", "deployment", "hello", "--replicas=5");
            await session.ExpectAsync("deployment.apps/hello patched", "patch", "deployment", "hello", "-p", """{"metadata":{"labels":{"a":"b"}}}""");
            await session.ExpectAsync("deployment.apps/hello annotated", "annotate", "deployment", "hello", "k=v");
            await session.ExpectAsync("5 b", "get", "deployment", "hello", "-o", "jsonpath={.spec.replicas} {.metadata.labels.a}");
            await session.ExpectAsync("Replicas:", "describe", "deployment", "hello");
            await session.ExpectAsync("pod/one created", "run", "one", "--image=busybox:1");
            await session.ExpectAsync("Pending", "get", "pods", "one", "-o", "wide");
            await session.ExpectAsync("configmap/map created", "create", "configmap", "map", "--from-literal=a=b");
            await session.ExpectAsync("yes", "auth", "can-i", "create", "pods");
            await session.ExpectAsync("deployments", "api-resources");
            await session.ExpectAsync("image", "explain", "pod.spec.containers.image");
            await session.ExpectAsync("deleted", "delete", "deployment/hello", "pod/one", "configmap/map");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Session(string kubectl, string folder)
    {
        public string Kubeconfig { get; } = Path.Combine(folder, "kubeconfig");

        public string Manifest { get; } = Path.Combine(folder, "hello.yaml");

        public async Task ExpectAsync(string expected, params string[] arguments)
        {
            var start = new ProcessStartInfo(kubectl, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["KUBECONFIG"] = Kubeconfig;
            start.Environment["HOME"] = folder;
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(output.Contains(expected, StringComparison.Ordinal) && process.ExitCode == 0,
                $"kubectl {string.Join(' ', arguments)} ended {process.ExitCode}:\n{output}{await error}");
        }
    }
}
