namespace Harness.Kubernetes.Objects.Resource;

/// <summary>Which suffixes an amount is written with.</summary>
public enum AmountFormat
{
    /// <summary>Powers of 1000: n, u, m, none, k, M, G, T, P, E.</summary>
    DecimalSi,

    /// <summary>Powers of 1024: Ki, Mi, Gi, Ti, Pi, Ei.</summary>
    BinarySi,

    /// <summary>Powers of ten written out: 1e3.</summary>
    DecimalExponent,
}
