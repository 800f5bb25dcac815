namespace Harness.Agent.Bootstrap;

/// <summary>How a launch of the authenticated endpoint ended.</summary>
internal enum EndpointLaunch
{
    /// <summary>The lifecycle port takes mutual TLS with the given chain.</summary>
    Opened,

    /// <summary>The chain or the key cannot serve; another launch may follow.</summary>
    Invalid,

    /// <summary>The port could not be had, or the credentials not written; another launch may follow.</summary>
    Failed,

    /// <summary>Another launch is under way.</summary>
    Busy,

    /// <summary>Another launch has opened it.</summary>
    OpenAlready,
}
