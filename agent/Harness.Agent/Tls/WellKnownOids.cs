namespace Harness.Agent.Tls;

/// <summary>Object identifiers of RFC 5280's extended key usages.</summary>
internal static class WellKnownOids
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
}
