using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Harness.Provider.Configuration;
using Microsoft.AspNetCore.Http;

namespace Harness.Provider.KubeletApi;

/// <summary>
/// Decides who may use the kubelet port: a client certificate of the cluster's CA, meant for clients, of an allowed name or group.
/// <c>/healthz</c> alone is for everyone. Thread-safe.
/// </summary>
internal sealed class ClientGate(Func<X509Certificate2Collection> authorities, KubeletConfiguration configuration, TimeProvider clock)
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == "/healthz")
        {
            await next(context);
            return;
        }

        var (status, message) = Judge(context.Connection.ClientCertificate);
        if (status == StatusCodes.Status200OK)
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(message, context.RequestAborted);
    }

    public (int Status, string Message) Judge(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return (StatusCodes.Status401Unauthorized, "Unauthorized: a client certificate of the cluster's CA is needed.\n");
        }

        if (!IsTrusted(certificate))
        {
            return (StatusCodes.Status401Unauthorized, "Unauthorized: the client certificate is not one of the cluster's CA, or is not valid now.\n");
        }

        return IsAllowed(certificate)
            ? (StatusCodes.Status200OK, "")
            : (StatusCodes.Status403Forbidden, $"Forbidden: {certificate.Subject} may not use this kubelet (Kubelet.AllowedNames, Kubelet.AllowedGroups).\n");
    }

    private bool IsTrusted(X509Certificate2 certificate)
    {
        var roots = authorities();
        if (roots.Count == 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        return chain.Build(certificate);
    }

    private bool IsAllowed(X509Certificate2 certificate)
    {
        foreach (var name in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (name.HasMultipleElements)
            {
                continue;
            }

            var allowed = name.GetSingleElementType().Value switch
            {
                CommonName => configuration.AllowedNames,
                Organization => configuration.AllowedGroups,
                _ => [],
            };
            if (allowed.Contains(name.GetSingleElementValue() ?? ""))
            {
                return true;
            }
        }

        return false;
    }
}
