using System.Net.Security;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Serving;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Kubelet;

/// <summary>
/// Serves pods/log by passing the request on to the kubelet of the pod's node, over TLS with the API server's client certificate, and the
/// answer back as it comes. A kubelet's serving certificate is not checked: as in most clusters it is self-signed. Safe for any thread.
/// </summary>
internal sealed class PodLogProxy : IDisposable
{
    private static readonly UserIdentity _self = new("kube-apiserver-kubelet-client", [UserIdentity.Masters]);
    private static readonly string[] _passed = ["follow", "previous", "sinceSeconds", "sinceTime", "timestamps", "tailLines", "limitBytes"];

    private readonly ApiOperations _operations;
    private readonly HttpClient _kubelets;

    public PodLogProxy(ApiOperations operations, ClusterCertificates certificates)
    {
        _operations = operations;
        _kubelets = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [certificates.Client(_self)],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task HandleAsync(ApiExchange exchange)
    {
        StoredObject stored = _operations.Store.Find(exchange.Stored, exchange.Key) ?? throw ApiErrors.NotFound(exchange.Resource, exchange.Path.Name);
        var pod = (Pod)((MessageObject)stored.Value).Message;
        CheckOptions(exchange);
        string container = Container(exchange, pod);
        if (pod.Spec.NodeName.Length == 0)
        {
            exchange.Http.Response.StatusCode = 204;
            return;
        }

        Uri target = Target(exchange, pod, container);
        try
        {
            using HttpResponseMessage answer = await _kubelets.GetAsync(target, HttpCompletionOption.ResponseHeadersRead, exchange.Aborted);
            await PassBackAsync(exchange, answer);
        }
        catch (HttpRequestException failed)
        {
            throw ApiErrors.Of(500, "", $"Get \"{target}\": {failed.Message}");
        }
    }

    public void Dispose() => _kubelets.Dispose();

    private static async Task PassBackAsync(ApiExchange exchange, HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            string why = (await answer.Content.ReadAsStringAsync(exchange.Aborted)).Trim();
            throw ApiErrors.Of((int)answer.StatusCode, (int)answer.StatusCode == 400 ? "BadRequest" : (int)answer.StatusCode == 404 ? "NotFound" : "InternalError", why);
        }

        var response = exchange.Http.Response;
        response.ContentType = answer.Content.Headers.ContentType?.ToString() ?? "text/plain";
        await response.StartAsync(exchange.Aborted);
        await using Stream content = await answer.Content.ReadAsStreamAsync(exchange.Aborted);
        var buffer = new byte[16_384];
        int read;
        while ((read = await content.ReadAsync(buffer, exchange.Aborted)) > 0)
        {
            await response.BodyWriter.WriteAsync(buffer.AsMemory(0, read), exchange.Aborted);
            await response.BodyWriter.FlushAsync(exchange.Aborted);
        }
    }

    private static void CheckOptions(ApiExchange exchange)
    {
        foreach (string name in (string[])["tailLines", "sinceSeconds", "limitBytes"])
        {
            long least = name == "tailLines" ? 0 : 1;
            if (RequestOptions.Number(exchange.Request, name) is { } value && value < least)
            {
                string why = least == 0 ? "must be greater than or equal to 0" : "must be greater than 0";
                throw ApiErrors.Invalid("PodLogOptions", "", exchange.Path.Name, [FieldError.Invalid(name, $"{value}", why)]);
            }
        }
    }

    private static string Container(ApiExchange exchange, Pod pod)
    {
        string wanted = exchange.Request.Query["container"].ToString();
        List<string> names = [.. pod.Spec.Containers.Select(one => one.Name)];
        List<string> all = [.. names, .. pod.Spec.InitContainers.Select(one => one.Name)];
        if (wanted.Length > 0)
        {
            return all.Contains(wanted) ? wanted : throw ApiErrors.BadRequest($"container {wanted} is not valid for pod {pod.Metadata.Name}");
        }

        return names.Count == 1
            ? names[0]
            : throw ApiErrors.BadRequest($"a container name must be specified for pod {pod.Metadata.Name}, choose one of: [{string.Join(' ', names)}]");
    }

    private Uri Target(ApiExchange exchange, Pod pod, string container)
    {
        StoredObject stored = _operations.Store.Find(_operations.Registry.For<Node>(), new ObjectKey("", pod.Spec.NodeName))
            ?? throw ApiErrors.NotFound(_operations.Registry.For<Pod>(), pod.Spec.NodeName);
        (string host, int port) = KubeletAddress.Of((Node)((MessageObject)stored.Value).Message)
            ?? throw ApiErrors.Of(500, "", $"no preferred addresses found; known addresses: [] (node {pod.Spec.NodeName})");
        IEnumerable<string> query = _passed
            .Select(name => (name, value: exchange.Request.Query[name].ToString()))
            .Where(one => one.value.Length > 0)
            .Select(one => $"{one.name}={Uri.EscapeDataString(one.value)}");
        var target = new UriBuilder("https", host, port, $"/containerLogs/{pod.Metadata.Namespace}/{pod.Metadata.Name}/{container}")
        {
            Query = string.Join('&', query),
        };
        return target.Uri;
    }
}
