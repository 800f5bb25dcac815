namespace Harness.Provider.Lifecycle;

/// <summary>What a refusal of RunInstances means for the attempt.</summary>
internal enum LaunchRefusal
{
    /// <summary>Nothing was launched, nor will be by this attempt (capacity, quota, a wrong parameter, a missing right).</summary>
    Definite,

    /// <summary>Not now; the same attempt may be repeated.</summary>
    Throttled,

    /// <summary>The token was used with other parameters (IdempotentParameterMismatch): an instance may stand under it.</summary>
    TokenUsed,

    /// <summary>The token's instance is dead (IdempotentInstanceTerminated).</summary>
    TokenSpent,
}
