using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Harness.Kubernetes;
using Harness.Kubernetes.Resources;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.KubeletApi;

/// <summary>
/// The cluster's CA for client certificates, from the ConfigMap kube-system/extension-apiserver-authentication; read again every
/// minute, and soon after a failure. One loop; <see cref="Roots"/> may be read from anywhere.
/// </summary>
internal sealed partial class ClientAuthority(IKubernetes kubernetes, TimeProvider clock, ILogger<ClientAuthority> logger)
{
    private const string Namespace = "kube-system";
    private const string Name = "extension-apiserver-authentication";
    private const string Key = "client-ca-file";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private volatile X509Certificate2Collection _roots = [];
    private string _pem = "";

    /// <summary>Empty until they are known: no one is let in then.</summary>
    public X509Certificate2Collection Roots => _roots;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync(cancellationToken);
            await Task.Delay(read ? Period : Retry, clock, cancellationToken);
        }
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var map = await kubernetes.GetAsync(KubernetesResources.ConfigMaps, Namespace, Name, cancellationToken);
            if (!map.Data.TryGetValue(Key, out var pem))
            {
                Log.Missing(logger, Namespace, Name, Key);
                return false;
            }

            if (pem != _pem)
            {
                var roots = new X509Certificate2Collection();
                roots.ImportFromPem(pem);
                (_roots, _pem) = (roots, pem);
                Log.Read(logger, roots.Count);
            }

            return true;
        }
        catch (KubernetesApiException exception)
        {
            Log.Failed(logger, Namespace, Name, exception.Message);
            return false;
        }
        catch (CryptographicException exception)
        {
            Log.Failed(logger, Namespace, Name, exception.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The kubelet port trusts client certificates of {Count} certificate authorities")]
        public static partial void Read(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "ConfigMap {Namespace}/{Name} has no {Key}: the kubelet port lets no one in until it has")]
        public static partial void Missing(ILogger logger, string @namespace, string name, string key);

        [LoggerMessage(Level = LogLevel.Warning, Message = "ConfigMap {Namespace}/{Name} could not be read, the kubelet port keeps to what it knows: {Detail}")]
        public static partial void Failed(ILogger logger, string @namespace, string name, string detail);
    }
}
