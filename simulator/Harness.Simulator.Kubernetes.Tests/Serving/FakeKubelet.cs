using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Tests.Serving;

/// <summary>
/// The HTTPS side of a kubelet on a free port: takes only client certificates of the authority it is given, notes what it is asked, and
/// answers as the test says. Disposed by the test.
/// </summary>
internal sealed class FakeKubelet : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly X509Certificate2 _serving;

    private FakeKubelet(WebApplication web, X509Certificate2 serving)
    {
        _web = web;
        _serving = serving;
    }

    public int Port => new Uri(_web.Urls.Single()).Port;

    /// <summary>The last request's path and query, and the subject of its client certificate.</summary>
    public (string Asked, string Subject) Last { get; private set; }

    public static async Task<FakeKubelet> StartAsync(string authorityPem, Func<HttpResponse, Task> answer)
    {
        X509Certificate2 serving = SelfSigned();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = serving,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (certificate, _, _) => IsIssued(certificate, authorityPem),
        })));
        var kubelet = new FakeKubelet(builder.Build(), serving);
        kubelet._web.Run(async context =>
        {
            kubelet.Last = (context.Request.Path + context.Request.QueryString, context.Connection.ClientCertificate!.Subject);
            await answer(context.Response);
        });
        await kubelet._web.StartAsync();
        return kubelet;
    }

    public static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a-node", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _serving.Dispose();
    }

    private static bool IsIssued(X509Certificate2 certificate, string authorityPem)
    {
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(authorityPem);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        return chain.Build(certificate);
    }
}
