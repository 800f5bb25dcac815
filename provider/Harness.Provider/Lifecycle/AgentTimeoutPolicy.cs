namespace Harness.Provider.Lifecycle;

/// <summary>What becomes of a pod whose agent never answered in time.</summary>
internal enum AgentTimeoutPolicy
{
    /// <summary>The instance is ended and, once EC2 says so, another attempt is made.</summary>
    Replace,

    /// <summary>The pod fails, and its instance is ended.</summary>
    Fail,
}
