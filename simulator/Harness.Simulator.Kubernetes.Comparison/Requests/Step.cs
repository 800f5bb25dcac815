namespace Harness.Simulator.Kubernetes.Comparison.Requests;

/// <summary>
/// One request of a chapter as its file has it: variables such as <c>{{rv}}</c> are still in place. Immutable.
/// </summary>
/// <param name="Name">Unique within the chapter.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Headers in the order of the file, abbreviations resolved.</param>
/// <param name="Body">Body as written; null when there is none.</param>
internal sealed record Step(string Name, string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Body)
{
    /// <summary>What later requests take from the answer.</summary>
    public IReadOnlyList<Capture> Captures { get; init; } = [];

    /// <summary>Whose request it is: <c>admin</c>, <c>limited</c>, <c>anonymous</c> or <c>unknown</c>.</summary>
    public string User { get; init; } = "admin";

    /// <summary>The part of the answer's body that counts; null for all of it.</summary>
    public string? Only { get; init; }

    /// <summary>Whether only the names of the body's top-level fields count.</summary>
    public bool ShapeOnly { get; init; }
}
