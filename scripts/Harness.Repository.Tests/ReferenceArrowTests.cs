namespace Harness.Repository.Tests;

/// <summary>Holds the arrows of docs/ARCHITECTURE.md: who may reference whom.</summary>
public sealed class ReferenceArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Harness.Kubernetes.Objects"] = [],
        ["Harness.Grpc"] = [],
        ["Harness.Agent.Contract"] = ["Harness.Kubernetes.Objects", "Harness.Grpc"],
        ["Harness.Agent"] = ["Harness.Agent.Contract", "Harness.Kubernetes.Objects", "Harness.Grpc"],
        ["Harness.Agent.Host"] = ["Harness.Agent"],
        ["Harness.Kubernetes"] = ["Harness.Kubernetes.Objects"],
        ["Harness.Ec2"] = [],
        ["Harness.Provider"] = ["Harness.Kubernetes", "Harness.Ec2", "Harness.Agent.Contract", "Harness.Kubernetes.Objects", "Harness.Grpc"],
        ["Harness.Provider.Host"] = ["Harness.Provider"],
        ["Harness.Simulator.Kubernetes"] = ["Harness.Kubernetes.Objects"],
        ["Harness.Simulator.Kubernetes.Comparison"] = ["Harness.Simulator.Kubernetes", "Harness.Kubernetes.Objects"],
        ["Harness.Simulator.Ec2"] = [],
        ["Harness.Simulator"] = ["Harness.Simulator.Kubernetes", "Harness.Simulator.Ec2", "Harness.Agent", "Harness.Provider", "Harness.Ec2"],
        ["Harness.Simulator.Host"] = ["Harness.Simulator"],
        ["Harness.Testing"] = [],
        ["Harness.Fuzz"] = [],
    };

    public static TheoryData<string> Projects() => new(Checkout.Projects().Where(project => !project.IsTest).Select(project => project.Name));

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfAProject_AreAmongItsArrows(string name)
    {
        var project = Checkout.Projects().Single(candidate => candidate.Name == name);

        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{name} has no arrows: add it here and to docs/ARCHITECTURE.md.");
        Assert.Empty(project.References.Except(allowed));
    }

    [Fact]
    public void TestProjects_StandBesideTheirProject()
    {
        var projects = Checkout.Projects().ToList();

        foreach (var test in projects.Where(project => project.IsTest && project.Name != "Harness.Repository.Tests"))
        {
            var subject = test.Name[..^".Tests".Length];
            Assert.Contains(projects, project => project.Name == subject && project.Area == test.Area);
        }
    }
}
