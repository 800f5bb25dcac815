namespace Harness.Agent.Contract.Tests.Compatibility;

/// <summary>
/// What may not change between two versions of the contract, and why. Everything may be added; what is there stays as it is. Pure.
/// </summary>
internal static class CompatibilityRules
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["file-removed"] = "authors import files by their path",
        ["file-package-changed"] = "the package is part of each method's path on the wire",
        ["file-syntax-changed"] = "presence and defaults of all fields change with it",
        ["file-csharp-namespace-changed"] = "C# code that uses it does not compile any more",
        ["message-removed"] = "code that uses it does not compile any more",
        ["field-removed"] = "peers send it, or read it, by this number; a number that is free could come to mean something else",
        ["field-name-changed"] = "generated code and JSON name it",
        ["field-type-changed"] = "the bytes would be read as something else",
        ["field-label-changed"] = "one value and a list are read differently, and generated code differs",
        ["field-presence-changed"] = "absent and 0 would be told apart no longer, or of a sudden",
        ["field-oneof-changed"] = "setting one field would unset others",
        ["reserved-name-removed"] = "a name that went could come back with another meaning",
        ["reserved-number-removed"] = "a number that went could come back with another meaning",
        ["enum-removed"] = "code that uses it does not compile any more",
        ["enum-value-removed"] = "peers send it, or compare with it",
        ["enum-value-number-changed"] = "the number is what is on the wire",
        ["service-removed"] = "callers would get UNIMPLEMENTED",
        ["method-removed"] = "callers would get UNIMPLEMENTED",
        ["method-request-changed"] = "the bytes would be read as something else",
        ["method-response-changed"] = "the bytes would be read as something else",
        ["method-client-streaming-changed"] = "the other side waits for, or sends, another number of messages",
        ["method-server-streaming-changed"] = "the other side waits for, or sends, another number of messages",
    };

    public static IReadOnlyList<Breakage> Compare(
        IReadOnlyDictionary<string, ContractElement> before, IReadOnlyDictionary<string, ContractElement> after) =>
        [.. before.Values.SelectMany(element => Compare(element, after.GetValueOrDefault(element.Key)))];

    private static IEnumerable<Breakage> Compare(ContractElement before, ContractElement? after) => after is null
        ? [new Breakage($"{before.Kind}-removed", before.Name, "is not there any more")]
        : before.Facts
            .Where(fact => after.Facts[fact.Key] != fact.Value)
            .Select(fact => new Breakage($"{before.Kind}-{fact.Key}-changed", before.Name, $"was \"{fact.Value}\", is \"{after.Facts[fact.Key]}\""));
}
