namespace Harness.Simulator.Kubernetes.Selectors;

/// <summary>How a requirement of a label selector compares.</summary>
internal enum SelectorOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
    GreaterThan,
    LessThan,
}
