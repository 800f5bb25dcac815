using System.Globalization;

namespace Harness.Simulator.Clusters.Processes;

/// <summary>
/// The command lines of a control plane's programs, with flags that Kubernetes 1.20 and later versions have (kubernetes.io, "Command line
/// tools reference"). Pure.
/// </summary>
internal sealed class ControlPlaneArguments(ControlPlaneFolder folder, ControlPlanePorts ports, Version kubernetes)
{
    public const string ServiceNetwork = "10.96.0.0/16";

    private const string Issuer = "https://kubernetes.default.svc.cluster.local";

    /// <summary>Up to 1.22 two of the programs also listen, without any authentication, on all addresses; later the flag that forbids it is gone.</summary>
    private static readonly Version LastWithOpenPorts = new(1, 22);

    public IReadOnlyList<string> Etcd() =>
    [
        "--name=harness",
        "--enable-grpc-gateway=false",
        $"--data-dir={folder.EtcdData}",
        $"--listen-client-urls={Text(ports.EtcdEndpoint)}",
        $"--advertise-client-urls={Text(ports.EtcdEndpoint)}",
        $"--listen-peer-urls={Text(ports.EtcdPeerEndpoint)}",
        $"--initial-advertise-peer-urls={Text(ports.EtcdPeerEndpoint)}",
        $"--initial-cluster=harness={Text(ports.EtcdPeerEndpoint)}",
        .. EtcdTrust(""),
        .. EtcdTrust("peer-"),
    ];

    public IReadOnlyList<string> ApiServer() =>
    [
        $"--bind-address={ports.Address}",
        Number("secure-port", ports.ApiServer),
        $"--advertise-address={ports.Address}",
        "--endpoint-reconciler-type=none",
        "--allow-privileged=true",
        "--authorization-mode=Node,RBAC",
        $"--service-cluster-ip-range={ServiceNetwork}",
        $"--etcd-servers={Text(ports.EtcdEndpoint)}",
        $"--etcd-cafile={folder.EtcdAuthorityCertificate}",
        $"--etcd-certfile={folder.Certificate(ControlPlaneKeys.EtcdClient)}",
        $"--etcd-keyfile={folder.Key(ControlPlaneKeys.EtcdClient)}",
        .. ServingCertificate(),
        $"--client-ca-file={folder.AuthorityCertificate}",
        $"--service-account-issuer={Issuer}",
        $"--service-account-key-file={folder.ServiceAccountPublicKey}",
        $"--service-account-signing-key-file={folder.ServiceAccountKey}",
        $"--kubelet-client-certificate={folder.Certificate(ControlPlaneKeys.KubeletClient)}",
        $"--kubelet-client-key={folder.Key(ControlPlaneKeys.KubeletClient)}",
        "--kubelet-preferred-address-types=InternalIP,Hostname",
        $"--requestheader-client-ca-file={folder.FrontProxyAuthorityCertificate}",
        "--requestheader-allowed-names=front-proxy-client",
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        $"--proxy-client-cert-file={folder.Certificate(ControlPlaneKeys.FrontProxyClient)}",
        $"--proxy-client-key-file={folder.Key(ControlPlaneKeys.FrontProxyClient)}",
        $"--audit-policy-file={folder.AuditPolicy}",
        $"--audit-log-path={folder.AuditLog}",
    ];

    public IReadOnlyList<string> ControllerManager() =>
    [
        .. Component("kube-controller-manager", ports.ControllerManager),
        "--use-service-account-credentials=true",
        $"--service-account-private-key-file={folder.ServiceAccountKey}",
        $"--root-ca-file={folder.AuthorityCertificate}",
        $"--cluster-signing-cert-file={folder.AuthorityCertificate}",
        $"--cluster-signing-key-file={folder.AuthorityKey}",
    ];

    public IReadOnlyList<string> Scheduler() => Component("kube-scheduler", ports.Scheduler);

    private List<string> Component(string program, int port) =>
    [
        $"--bind-address={ports.Address}",
        Number("secure-port", port),
        .. kubernetes.Major == 1 && kubernetes.Minor <= LastWithOpenPorts.Minor ? ["--port=0"] : Array.Empty<string>(),
        $"--kubeconfig={folder.Kubeconfig(program)}",
        $"--authentication-kubeconfig={folder.Kubeconfig(program)}",
        $"--authorization-kubeconfig={folder.Kubeconfig(program)}",
        "--leader-elect=false",
        .. ServingCertificate(),
    ];

    private string[] ServingCertificate() =>
        [$"--tls-cert-file={folder.Certificate(ControlPlaneKeys.Serving)}", $"--tls-private-key-file={folder.Key(ControlPlaneKeys.Serving)}"];

    private string[] EtcdTrust(string prefix) =>
    [
        $"--{prefix}cert-file={folder.Certificate(ControlPlaneKeys.EtcdServing)}",
        $"--{prefix}key-file={folder.Key(ControlPlaneKeys.EtcdServing)}",
        $"--{prefix}client-cert-auth",
        $"--{prefix}trusted-ca-file={folder.EtcdAuthorityCertificate}",
    ];

    private static string Number(string flag, int number) => string.Create(CultureInfo.InvariantCulture, $"--{flag}={number}");

    private static string Text(Uri endpoint) => endpoint.GetLeftPart(UriPartial.Authority);
}
