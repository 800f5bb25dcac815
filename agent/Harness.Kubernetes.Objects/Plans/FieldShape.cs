namespace Harness.Kubernetes.Objects.Plans;

/// <summary>How many values a field holds, and under what.</summary>
internal enum FieldShape
{
    /// <summary>One value or none.</summary>
    Single,

    /// <summary>A list.</summary>
    List,

    /// <summary>Values by string keys.</summary>
    Map,

    /// <summary>A message whose fields stand in the JSON object of its parent.</summary>
    Inline,
}
