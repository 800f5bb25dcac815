using Harness.Agent.Tls;

namespace Harness.Agent.Bootstrap;

/// <summary>Where the authenticated endpoint will be, on which instance, and for whose clients.</summary>
internal sealed record EndpointSettings(AgentEndpoint Lifecycle, string InstanceId, ClientAuthorities Authorities);
