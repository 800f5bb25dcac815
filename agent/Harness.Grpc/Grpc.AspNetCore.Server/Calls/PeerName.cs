using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Who is at the other end of a connection.</summary>
internal static class PeerName
{
    private const string SubjectAlternativeName = "x509_subject_alternative_name";
    private const string CommonName = "x509_common_name";

    public static string Of(ConnectionInfo connection) => connection.RemoteIpAddress switch
    {
        null => "unix:",
        { AddressFamily: AddressFamily.InterNetwork } address => $"ipv4:{address}:{connection.RemotePort}",
        var address => $"ipv6:[{address}]:{connection.RemotePort}",
    };

    /// <summary>Names by the certificate's DNS and IP names, or its common name when it has none, as other gRPC servers do.</summary>
    public static AuthContext Authenticate(X509Certificate2? certificate)
    {
        var properties = new Dictionary<string, List<AuthProperty>>(StringComparer.Ordinal);
        if (certificate is null)
        {
            return new AuthContext(null, properties);
        }

        AddAll(properties, SubjectAlternativeName, AlternativeNames(certificate));
        AddAll(properties, CommonName, [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)]);
        return new AuthContext(
            properties.ContainsKey(SubjectAlternativeName) ? SubjectAlternativeName
                : properties.ContainsKey(CommonName) ? CommonName : null,
            properties);
    }

    private static IEnumerable<string> AlternativeNames(X509Certificate2 certificate)
    {
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            foreach (var name in extension.EnumerateDnsNames())
            {
                yield return name;
            }

            foreach (var address in extension.EnumerateIPAddresses())
            {
                yield return address.ToString();
            }
        }
    }

    private static void AddAll(Dictionary<string, List<AuthProperty>> properties, string name, IEnumerable<string> values)
    {
        var list = values.Where(value => value.Length > 0)
            .Select(value => AuthProperty.Create(name, Encoding.UTF8.GetBytes(value)))
            .ToList();
        if (list.Count > 0)
        {
            properties[name] = list;
        }
    }
}
