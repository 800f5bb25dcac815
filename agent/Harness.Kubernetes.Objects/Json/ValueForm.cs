namespace Harness.Kubernetes.Objects.Json;

/// <summary>The JSON form of one type of value. Implementations are stateless and shared by all threads.</summary>
internal abstract class ValueForm
{
    /// <summary>The type as Kubernetes' API server names it in errors.</summary>
    public abstract string GoType { get; }

    public abstract void Write(JsonOutput output, object value);

    /// <summary>Reads the value at whose first token the reader stands (never null); ends on its last token.</summary>
    public abstract object Read(ref JsonInput input);

    /// <summary>The empty value, which JSON's null means inside a list or a map. A new one where values can change.</summary>
    public abstract object Zero();

    /// <summary>Whether a field of this value is left out of JSON when it is no pointer.</summary>
    public abstract bool IsZero(object value);
}
