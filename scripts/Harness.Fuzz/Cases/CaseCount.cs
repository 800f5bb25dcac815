namespace Harness.Fuzz.Cases;

/// <summary>How often connections ended in one way, and a case that did. An immutable value.</summary>
internal sealed record CaseCount(long Count, int Example);
