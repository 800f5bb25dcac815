using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Harness.Agent.Tests.Support;

/// <summary>
/// The metadata service of one instance, as EC2 answers where tokens are required: no token, no answer. Its identity document is signed as AWS signs
/// <c>rsa2048</c>: PKCS#7 in base64 lines, the document inside, the signer's certificate not. Thread-safe.
/// </summary>
internal sealed class FakeInstanceMetadata : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2 _signer = CreateSigner();
    private readonly ConcurrentDictionary<string, byte[]> _content = new();
    private readonly ConcurrentBag<string> _requests = [];
    private volatile string _token = "";
    private volatile int _tokens;

    private FakeInstanceMetadata(WebApplication application, string instanceId)
    {
        _application = application;
        InstanceId = instanceId;
    }

    public string InstanceId { get; }

    public Uri Endpoint => new(_application.Urls.First());

    public byte[] IdentityDocument => _content["latest/dynamic/instance-identity/document"];

    public byte[] IdentitySignature => _content["latest/dynamic/instance-identity/rsa2048"];

    public string SignerPem => _signer.ExportCertificatePem() + "\n";

    /// <summary>How many tokens were given out.</summary>
    public int Tokens => _tokens;

    /// <summary>Each request as "GET latest/…".</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Whether it answers at all; when not, requests hang as on a network that drops them.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Answered to everything, when set.</summary>
    public int? Refusal { get; set; }

    public static async Task<FakeInstanceMetadata> StartAsync(string instanceId = "i-0123456789abcdef0", string address = "127.0.0.1")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var service = new FakeInstanceMetadata(application, instanceId);
        application.Run(service.AnswerAsync);
        service.Put("latest/meta-data/instance-id", instanceId);
        service.Put("latest/meta-data/local-ipv4", address);
        service.PutIdentity(address);
        await application.StartAsync();
        return service;
    }

    /// <summary>The user data of a provider with that authority, as the instance sees it.</summary>
    public static string UserDataFor(TestAuthority authority) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
    {
        ["vm-init-config"] = "{}",
        ["bootstrap-agent-config"] = "{}",
        ["bootstrap-agent-download-url"] = "https://example.com/agent?signature=x",
        ["bootstrap-agent-ca-cert"] = authority.Pem,
    }));

    public void Put(string path, string text) => _content[path] = Encoding.UTF8.GetBytes(text);

    public void Remove(string path) => _content.TryRemove(path, out _);

    /// <summary>No token given out so far is good any more.</summary>
    public void ForgetTokens() => _token = "";

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _signer.Dispose();
    }

    private void PutIdentity(string address)
    {
        Put("latest/dynamic/instance-identity/document", $$"""
            {
              "accountId" : "123456789012",
              "architecture" : "x86_64",
              "availabilityZone" : "us-west-2a",
              "imageId" : "ami-0a000000000000001",
              "instanceId" : "{{InstanceId}}",
              "instanceType" : "m5.large",
              "pendingTime" : "2026-01-01T00:00:00Z",
              "privateIp" : "{{address}}",
              "region" : "us-west-2",
              "version" : "2017-09-30"
            }
            """);
        var message = new SignedCms(new ContentInfo(IdentityDocument), detached: false);
        message.ComputeSignature(new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _signer)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = X509IncludeOption.None,
        });
        Put("latest/dynamic/instance-identity/rsa2048", string.Join('\n', Convert.ToBase64String(message.Encode()).Chunk(64).Select(line => new string(line))));
    }

    private static X509Certificate2 CreateSigner()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "C=US, S=Washington State, L=Seattle, O=Example Web Services LLC", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddYears(-1), now.AddYears(10));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.TrimStart('/');
        _requests.Add($"{context.Request.Method} {path}");
        if (IsSilent)
        {
            await HangAsync(context.RequestAborted);
            return;
        }

        if (Refusal is { } status)
        {
            context.Response.StatusCode = status;
        }
        else if (context.Request.Method == "PUT" && path == "latest/api/token")
        {
            await GiveTokenAsync(context);
        }
        else if (_token.Length == 0 || context.Request.Headers["X-aws-ec2-metadata-token"] != _token)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (_content.TryGetValue(path, out var content))
        {
            await context.Response.Body.WriteAsync(content);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task GiveTokenAsync(HttpContext context)
    {
        var lifetime = context.Request.Headers["X-aws-ec2-metadata-token-ttl-seconds"].ToString();
        if (!int.TryParse(lifetime, out var seconds) || seconds is < 1 or > 21600)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        _token = $"token-{Interlocked.Increment(ref _tokens)}";
        context.Response.Headers["X-aws-ec2-metadata-token-ttl-seconds"] = lifetime;
        await context.Response.WriteAsync(_token);
    }

    private static async Task HangAsync(CancellationToken aborted)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, aborted);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
