using System.Collections.Immutable;

namespace Harness.Agent.Contract.Tests.Compatibility;

/// <summary>
/// One thing that callers depend on (a message, a field by its number, a method, …) with the facts about it that must stay. Its name is
/// what it is found by in another version.
/// </summary>
internal sealed record ContractElement(string Kind, string Name, ImmutableSortedDictionary<string, string> Facts)
{
    public string Key => $"{Kind} {Name}";
}
