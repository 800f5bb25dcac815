namespace Harness.Agent.Contract.Tests.Compatibility;

/// <summary>A change that an agent or a provider built on the version before would not survive.</summary>
internal sealed record Breakage(string Rule, string Element, string Detail)
{
    public override string ToString() => $"{Rule}: {Element}: {Detail} ({CompatibilityRules.All[Rule]})";
}
