using System.Net;
using System.Net.Http.Headers;
using Harness.Kubernetes.Access;

namespace Harness.Kubernetes.Transport;

/// <summary>Puts the token on each request; after a 401 it reads the token anew and tries once more. Thread-safe.</summary>
internal sealed class BearerTokenHandler(BearerToken token, TimeProvider clock, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var used = token.Read(clock);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", used);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || token.ReadAgain(clock) is var renewed && renewed == used)
        {
            return response;
        }

        response.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", renewed);
        return await base.SendAsync(request, cancellationToken);
    }
}
