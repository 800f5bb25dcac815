using Google.Protobuf;
using Harness.Kubernetes.Objects.Authentication.V1;
using Harness.Kubernetes.Objects.Authorization.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Rbac.V1;
using Harness.Simulator.Kubernetes.Authorization;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Operations;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// Answers reviews: who am I, whose token is this, may they do that, what may I do. Nothing is stored.
/// </summary>
internal sealed class ReviewHandler(RbacAuthorizer authorizer, TokenBook tokens, TimeProvider time)
{
    public async Task CreateAsync(ApiExchange exchange)
    {
        RequestBody body = await RequestBody.ReadAsync(exchange.Request, exchange.Aborted);
        IMessage answer = exchange.Resource.Kind switch
        {
            "SelfSubjectReview" => Self(exchange.User),
            "TokenReview" => Review(BodyDecoder.Message<TokenReview>(body, "TokenReview")),
            "SelfSubjectAccessReview" => Review(BodyDecoder.Message<SelfSubjectAccessReview>(body, "SelfSubjectAccessReview"), exchange.User),
            "SubjectAccessReview" => Review(BodyDecoder.Message<SubjectAccessReview>(body, "SubjectAccessReview")),
            "SelfSubjectRulesReview" => Review(BodyDecoder.Message<SelfSubjectRulesReview>(body, "SelfSubjectRulesReview"), exchange.User),
            var kind => throw ApiErrors.NotImplemented($"creating a {kind}"),
        };
        await exchange.AnswerAsync(answer, 201);
    }

    private SelfSubjectReview Self(UserIdentity user) => new()
    {
        Metadata = new ObjectMeta { CreationTimestamp = time.Now() },
        Status = new SelfSubjectReviewStatus { UserInfo = Info(user) },
    };

    private TokenReview Review(TokenReview review)
    {
        if (review.Spec is not { Token.Length: > 0 })
        {
            throw ApiErrors.BadRequest("token is required for TokenReview in authentication");
        }

        review.Metadata ??= new ObjectMeta();
        UserIdentity? user = tokens.Find(review.Spec.Token);
        review.Status = user is null
            ? new TokenReviewStatus { User = new UserInfo(), Error = "invalid bearer token" }
            : new TokenReviewStatus { Authenticated = true, User = Info(user), Audiences = { ServiceAccounts.Audience } };
        return review;
    }

    private SelfSubjectAccessReview Review(SelfSubjectAccessReview review, UserIdentity user)
    {
        review.Metadata ??= new ObjectMeta();
        review.Status = Decide(user, review.Spec?.ResourceAttributes, review.Spec?.NonResourceAttributes);
        return review;
    }

    private SubjectAccessReview Review(SubjectAccessReview review)
    {
        if (review.Spec is null or { User.Length: 0, Groups.Count: 0 })
        {
            throw Invalid(FieldError.InvalidString("spec.user", "", "at least one of user or group must be specified"));
        }

        review.Metadata ??= new ObjectMeta();
        var user = new UserIdentity(review.Spec?.User ?? "", [.. review.Spec?.Groups ?? []]);
        review.Status = Decide(user, review.Spec?.ResourceAttributes, review.Spec?.NonResourceAttributes);
        return review;
    }

    private SelfSubjectRulesReview Review(SelfSubjectRulesReview review, UserIdentity user)
    {
        if (review.Spec is not { Namespace.Length: > 0 })
        {
            throw ApiErrors.BadRequest("no namespace on request");
        }

        review.Metadata ??= new ObjectMeta();
        review.Status = new SubjectRulesReviewStatus { Incomplete = false };
        IEnumerable<PolicyRule> rules = user.IsIn(UserIdentity.Masters)
            ? [new PolicyRule { Verbs = { "*" }, ApiGroups = { "*" }, Resources = { "*" } }, new PolicyRule { Verbs = { "*" }, NonResourceURLs = { "*" } }]
            : authorizer.RulesOf(user, review.Spec.Namespace);
        foreach (PolicyRule rule in rules)
        {
            if (rule.NonResourceURLs.Count > 0)
            {
                review.Status.NonResourceRules.Add(new NonResourceRule { Verbs = { rule.Verbs }, NonResourceURLs = { rule.NonResourceURLs } });
            }
            else
            {
                review.Status.ResourceRules.Add(new ResourceRule
                {
                    Verbs = { rule.Verbs },
                    ApiGroups = { rule.ApiGroups },
                    Resources = { rule.Resources },
                    ResourceNames = { rule.ResourceNames },
                });
            }
        }

        return review;
    }

    private SubjectAccessReviewStatus Decide(UserIdentity user, ResourceAttributes? resource, NonResourceAttributes? path)
    {
        if (resource is null && path is null)
        {
            throw Invalid(FieldError.InvalidString("spec.resourceAttributes", "null", "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }

        if (resource is not null && path is not null)
        {
            throw Invalid(FieldError.Invalid("spec.nonResourceAttributes", Harness.Kubernetes.Objects.Json.KubernetesJson.ToText(path),
                "cannot be specified in combination with resourceAttributes"));
        }

        AccessRequest request = path is not null
            ? new AccessRequest(path.Verb, Path: path.Path)
            : new AccessRequest(
                resource!.Verb,
                resource.Group,
                resource.Subresource.Length == 0 ? resource.Resource : $"{resource.Resource}/{resource.Subresource}",
                resource.Namespace,
                resource.Name);
        return new SubjectAccessReviewStatus { Allowed = authorizer.IsAllowed(user, request) };
    }

    /// <summary>A real API server names no kind here.</summary>
    private static ApiStatusException Invalid(FieldError error) => ApiErrors.Invalid("", "authorization.k8s.io", "", [error]);

    private static UserInfo Info(UserIdentity user)
    {
        var info = new UserInfo { Username = user.Name, Groups = { user.Groups } };
        if (user.Uid.Length > 0)
        {
            info.Uid = user.Uid;
        }

        return info;
    }
}
