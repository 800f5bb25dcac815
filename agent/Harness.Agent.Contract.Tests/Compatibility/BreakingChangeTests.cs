namespace Harness.Agent.Contract.Tests.Compatibility;

/// <summary>
/// Holds the contract that authors have built on. The baseline is the contract as it was last accepted; accepting
/// (scripts/contract-bundle --accept) takes additions in, and refuses everything that would break a peer.
/// </summary>
public sealed class BreakingChangeTests
{
    private const string AcceptVariable = "HARNESS_ACCEPT_CONTRACT";

    [Fact]
    public void Contract_AgainstTheBaseline_BreaksNoPeer()
    {
        var broken = CompatibilityRules.Compare(
            ContractElements.Of(ContractDescriptors.Baseline()), ContractElements.Of(ContractDescriptors.Current()));

        Assert.True(broken.Count == 0, "Peers built on the contract before would break:\n" + string.Join("\n", broken));
    }

    [Fact]
    public void Baseline_HasEveryElementOfTheContract()
    {
        var current = ContractDescriptors.Current();
        var baseline = ContractElements.Of(ContractDescriptors.Baseline());
        var isAccepting = Environment.GetEnvironmentVariable(AcceptVariable) == "1";
        if (isAccepting && CompatibilityRules.Compare(baseline, ContractElements.Of(current)).Count == 0)
        {
            ContractDescriptors.Accept(current);
            return;
        }

        var added = ContractElements.Of(current).Keys.Except(baseline.Keys).ToList();

        Assert.True(
            added.Count == 0,
            "New in the contract, and not held yet. Say what is new in CHANGELOG.md, and run scripts/contract-bundle --accept:\n" + string.Join("\n", added));
    }

    [Fact]
    public void Files_AllProtosAreCompared() =>
        Assert.Equal(
            Directory.GetFiles(Path.Combine(ContractDescriptors.Folder, "protos"), "*.proto", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Path.Combine(ContractDescriptors.Folder, "protos"), path))
                .Order(StringComparer.Ordinal),
            ContractDescriptors.Current().File.Select(file => file.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void ChangeLog_NamesEveryService()
    {
        var changes = File.ReadAllText(Path.Combine(ContractDescriptors.Folder, "CHANGELOG.md"));

        Assert.All(
            ContractDescriptors.Current().File.SelectMany(file => file.Service),
            service => Assert.Contains(service.Name, changes, StringComparison.Ordinal));
    }
}
