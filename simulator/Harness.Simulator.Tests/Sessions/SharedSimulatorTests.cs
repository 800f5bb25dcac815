namespace Harness.Simulator.Tests.Sessions;

/// <summary>The collection of those that use the <see cref="SharedSimulator"/>, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedSimulatorTests : ICollectionFixture<SharedSimulator>
{
    public const string Name = "shared simulator";
}
