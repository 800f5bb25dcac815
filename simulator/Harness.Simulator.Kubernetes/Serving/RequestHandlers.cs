using Harness.Simulator.Kubernetes.Identity;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>Those who serve the requests that the front door lets in.</summary>
internal sealed record RequestHandlers(
    PublicPathHandler Public, ResourceHandler Resources, SubresourceHandler Subresources, ReviewHandler Reviews, IdentifierSource Identifiers);
