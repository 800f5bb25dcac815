using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.State;

namespace Harness.Simulator.Clusters.Processes;

/// <summary>
/// Makes the authorities, certificates, keys and kubeconfigs of a control plane and writes them to its folder, readable by their owner
/// alone. One owner, who disposes it.
/// </summary>
internal sealed class ControlPlaneKeys : IDisposable
{
    public const string Serving = "serving";
    public const string EtcdServing = "etcd-serving";
    public const string EtcdClient = "etcd-client";
    public const string FrontProxyClient = "front-proxy-client";
    public const string KubeletClient = "kubelet-client";

    private static readonly UserIdentity Administrator = new("kubernetes-admin", [UserIdentity.Masters]);

    private readonly ControlPlaneFolder _folder;
    private readonly ControlPlanePorts _ports;
    private readonly ClusterCertificates _cluster;
    private readonly ClusterCertificates _etcd;
    private readonly ClusterCertificates _frontProxy;

    public ControlPlaneKeys(ControlPlaneFolder folder, ControlPlanePorts ports, TimeProvider time)
    {
        _folder = folder;
        _ports = ports;
        _cluster = ClusterCertificates.Open(folder.Authority, time);
        _etcd = ClusterCertificates.Open(folder.EtcdAuthority, time);
        _frontProxy = ClusterCertificates.Open(folder.FrontProxyAuthority, time);
    }

    public string AdministratorKubeconfig => _cluster.KubeconfigFor(_ports.ApiServerEndpoint, Administrator);

    public string AuthorityPem => _cluster.AuthorityPem;

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        IPAddress address = _ports.Address;
        await WriteAsync(Serving, _cluster.Serving(address), cancellationToken);
        await WriteAsync(KubeletClient, _cluster.Client(new UserIdentity("kube-apiserver-kubelet-client", [UserIdentity.Masters])), cancellationToken);
        await WriteAsync(EtcdServing, _etcd.Serving(address), cancellationToken);
        await WriteAsync(EtcdClient, _etcd.Client(new UserIdentity("kube-apiserver-etcd-client", [])), cancellationToken);
        await WriteAsync(FrontProxyClient, _frontProxy.Client(new UserIdentity("front-proxy-client", [])), cancellationToken);
        foreach (var program in (string[])["kube-controller-manager", "kube-scheduler"])
        {
            var kubeconfig = _cluster.KubeconfigFor(_ports.ApiServerEndpoint, new UserIdentity("system:" + program, []));
            await PrivateFile.WriteAsync(_folder.Kubeconfig(program), kubeconfig, cancellationToken);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await PrivateFile.WriteAsync(_folder.ServiceAccountKey, key.ExportPkcs8PrivateKeyPem(), cancellationToken);
        await PrivateFile.WriteAsync(_folder.ServiceAccountPublicKey, key.ExportSubjectPublicKeyInfoPem(), cancellationToken);
    }

    /// <summary>What a client of the API server comes with as administrator.</summary>
    public ApiAccess AdministratorAccess() => Access(_ports.ApiServerEndpoint, _cluster, Administrator);

    /// <summary>What a client of etcd comes with.</summary>
    public ApiAccess EtcdAccess() => Access(_ports.EtcdEndpoint, _etcd, new UserIdentity("harness", []));

    public void Dispose()
    {
        _cluster.Dispose();
        _etcd.Dispose();
        _frontProxy.Dispose();
    }

    private static ApiAccess Access(Uri server, ClusterCertificates authority, UserIdentity user)
    {
        using var client = authority.Client(user);
        return new ApiAccess
        {
            Server = server,
            AuthorityPem = authority.AuthorityPem,
            ClientCertificatePem = client.ExportCertificatePem(),
            ClientKeyPem = KeyPem(client),
        };
    }

    private async Task WriteAsync(string name, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        using (certificate)
        {
            await PrivateFile.WriteAsync(_folder.Certificate(name), certificate.ExportCertificatePem() + "\n", cancellationToken);
            await PrivateFile.WriteAsync(_folder.Key(name), KeyPem(certificate) + "\n", cancellationToken);
        }
    }

    private static string KeyPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }
}
