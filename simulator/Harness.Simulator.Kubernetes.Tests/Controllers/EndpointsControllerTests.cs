using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Discovery.V1;
using Harness.Kubernetes.Objects.IntStr;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Controllers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class EndpointsControllerTests : IAsyncDisposable
{
    private readonly TestApi _api = new();

    public EndpointsControllerTests() => _api.Run(new EndpointsController(_api.Client, _api.Time, NullLogger<EndpointsController>.Instance));

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Reconcile_ServiceWithPods_ListsTheirAddresses()
    {
        var pod = Samples.Pod("p", "n");
        pod.Spec.Containers[0].Ports.Add(new ContainerPort { Name = "http", ContainerPort_ = 8080 });
        await _api.CreateAsync(pod);
        await _api.ChangeStatusAsync<Pod>("p", value => Samples.MakeReady(value, Time.Of(_api.Time.GetUtcNow())));
        await _api.CreateAsync(Service());
        await _api.UntilAsync(() => Endpoints().SequenceEqual(["10.0.0.9 n ready"]));

        var slice = _api.Get<EndpointSlice>("web");
        Assert.Equal(8080, Assert.Single(slice.Ports).Port);
        Assert.Equal("web", slice.Metadata.Labels["kubernetes.io/service-name"]);
        Assert.Equal("Service", Assert.Single(slice.Metadata.OwnerReferences).Kind);
    }

    [Fact]
    public async Task Reconcile_PodNotReadyThenRelabelled_FollowsIt()
    {
        await _api.CreateAsync(Service());
        await _api.CreateAsync(Samples.Pod("p", "n"));
        await _api.ChangeStatusAsync<Pod>("p", pod => pod.Status.PodIP = "10.0.0.9");
        await _api.UntilAsync(() => Endpoints().SequenceEqual(["10.0.0.9 n not ready"]));
        await _api.ChangeStatusAsync<Pod>("p", pod => Samples.MakeReady(pod, Time.Of(_api.Time.GetUtcNow())));
        await _api.UntilAsync(() => Endpoints().SequenceEqual(["10.0.0.9 n ready"]));
        await _api.ChangeAsync<Pod>("p", pod => pod.Metadata.Labels["app"] = "other");
        await _api.UntilAsync(() => _api.Find<EndpointSlice>("web") is { Endpoints.Count: 0 });
    }

    private static Service Service() => new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = TestApi.Space },
        Spec = new ServiceSpec { Selector = { ["app"] = "hello" }, Ports = { new ServicePort { Port = 80, TargetPort = IntOrString.Of("http") } } },
    };

    private IEnumerable<string> Endpoints() => _api.Find<EndpointSlice>("web")?.Endpoints
        .Select(endpoint => $"{endpoint.Addresses[0]} {endpoint.NodeName} {(endpoint.Conditions.Ready ? "ready" : "not ready")}") ?? [];
}
