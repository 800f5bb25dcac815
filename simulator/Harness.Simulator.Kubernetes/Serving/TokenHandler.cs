using Harness.Kubernetes.Objects.Authentication.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>Issues tokens of service accounts.</summary>
internal sealed class TokenHandler(ObjectStore store, TokenBook tokens, TimeProvider time)
{
    private const long LeastSeconds = 600;
    private const long DefaultSeconds = 3600;

    public async Task CreateAsync(ApiExchange exchange)
    {
        var request = BodyDecoder.Message<TokenRequest>(await RequestBody.ReadAsync(exchange.Request, exchange.Aborted), "TokenRequest");
        request.Spec ??= new TokenRequestSpec();
        long seconds = request.Spec.HasExpirationSeconds ? request.Spec.ExpirationSeconds : DefaultSeconds;
        if (seconds < LeastSeconds)
        {
            throw ApiErrors.Invalid("TokenRequest", "authentication.k8s.io", "",
                [FieldError.Invalid("spec.expirationSeconds", $"{seconds}", "may not specify a duration less than 10 minutes")]);
        }

        StoredObject account = store.Find(exchange.Stored, exchange.Key) ?? throw ApiErrors.NotFound(exchange.Resource, exchange.Path.Name);
        request.Spec.ExpirationSeconds = seconds;
        if (request.Spec.Audiences.Count == 0)
        {
            request.Spec.Audiences.Add(ServiceAccounts.Audience);
        }

        request.Metadata = new ObjectMeta
        {
            Name = account.Key.Name,
            Namespace = account.Key.Namespace,
            Uid = account.Metadata.Uid,
            CreationTimestamp = time.Now(),
        };
        request.Status = new TokenRequestStatus
        {
            Token = tokens.Issue(ServiceAccounts.Identity(account.Key.Namespace, account.Key.Name, account.Metadata.Uid), time.GetUtcNow().AddSeconds(seconds)),
            ExpirationTimestamp = time.In(seconds),
        };
        await exchange.AnswerAsync(request, 201);
    }
}
