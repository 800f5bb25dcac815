using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers;
using Harness.Simulator.Kubernetes.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class NamespaceControllerTests : IAsyncDisposable
{
    private readonly TestApi _api = new();

    public NamespaceControllerTests()
    {
        _api.Run(new NamespaceController(_api.Client, "the certificate", _api.Time, NullLogger<NamespaceController>.Instance));
        _api.Run(new NamespaceEmptier(_api.Operations, TimeProvider.System, NullLogger<NamespaceEmptier>.Instance).RunAsync);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Create_Namespace_GetsItsAccountAndCertificate()
    {
        await _api.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = "team" } });
        await _api.UntilAsync(() => IsFurnished("team"));
        Assert.Equal("the certificate", _api.Get<ConfigMap>("kube-root-ca.crt", "team").Data["ca.crt"]);
    }

    [Fact]
    public async Task Delete_Account_IsGivenAgain()
    {
        await _api.UntilAsync(() => IsFurnished(TestApi.Space));
        await _api.DeleteAsync<ServiceAccount>("default");
        await _api.DeleteAsync<ConfigMap>("kube-root-ca.crt");
        await _api.UntilAsync(() => IsFurnished(TestApi.Space));
    }

    [Fact]
    public async Task Delete_Namespace_IsEmptiedAndGone()
    {
        await _api.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = "team" } });
        await _api.UntilAsync(() => IsFurnished("team"));
        var pod = Samples.Pod("p");
        pod.Metadata.Namespace = "team";
        await _api.CreateAsync(pod);
        await _api.Client.DeleteAsync<Namespace>("", "team", new ApiDelete(), CancellationToken.None);
        await _api.UntilAsync(() => _api.Find<Namespace>("team", "") is null);
        Assert.Empty(_api.All<Pod>("team"));
        Assert.Empty(_api.All<ServiceAccount>("team"));
    }

    private bool IsFurnished(string name) =>
        _api.Find<ServiceAccount>("default", name) is not null && _api.Find<ConfigMap>("kube-root-ca.crt", name) is not null;
}
