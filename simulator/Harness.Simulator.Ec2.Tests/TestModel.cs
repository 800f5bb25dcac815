using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Tests;

/// <summary>The pure model with a state and a clock that the test moves; machines do only what the test reports. One thread.</summary>
internal sealed class TestModel(Ec2SimulatorOptions? options = null)
{
    private readonly Ec2Model _model = new(options ?? DefaultOptions);

    public static Ec2SimulatorOptions DefaultOptions { get; } = new()
    {
        BootDelay = TimeSpan.FromSeconds(30), ShutdownDelay = TimeSpan.FromSeconds(20),
    };

    public Ec2State State { get; private set; } = Ec2State.Create((options ?? DefaultOptions).World, 1);

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All effects so far.</summary>
    public List<Effect> Effects { get; } = [];

    public Ec2Reply Try(string action, params (string Name, string Value)[] parameters)
    {
        var all = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);
        var (step, reply) = _model.Apply(State, new Ec2Request(action, new QueryParameters(all), "request-1"), Now);
        Keep(step);
        return reply;
    }

    /// <summary>A call that must succeed.</summary>
    public XElement Call(string action, params (string Name, string Value)[] parameters)
    {
        var reply = Try(action, parameters);
        Assert.True(reply.Code == "OK", reply.Document.ToString());
        return reply.Document;
    }

    /// <summary>Launches one instance and gives its id.</summary>
    public string Launch(params (string Name, string Value)[] more) => Values(Call("RunInstances", Launching(more)), "instanceId")[0];

    /// <summary>Launches one instance whose machine has started.</summary>
    public string LaunchRunning(params (string Name, string Value)[] more)
    {
        var instanceId = Launch(more);
        Advance(TimeSpan.FromSeconds(30));
        Report(HostReportKind.Started, instanceId);
        return instanceId;
    }

    /// <summary>Takes a running instance down until its machine is gone and the delay over.</summary>
    public void Terminate(string instanceId)
    {
        Call("TerminateInstances", ("InstanceId.1", instanceId));
        Report(HostReportKind.Stopped, instanceId);
        Advance(TimeSpan.FromSeconds(20));
    }

    public void Report(HostReportKind kind, string instanceId, int? boot = null) =>
        Keep(_model.Apply(State, new HostReport(kind, instanceId, boot ?? State.Instances[instanceId].Boot), Now));

    public void Advance(TimeSpan by)
    {
        var target = Now + by;
        while (State.NextDue is { } due && due <= target)
        {
            Now = due;
            Keep(_model.Tick(State, Now));
        }

        Now = target;
    }

    public InstanceState StateOf(string instanceId) => State.Instances[instanceId].State;

    /// <summary>The parameters of a plain launch, with others added or in their place.</summary>
    public static (string Name, string Value)[] Launching(params (string Name, string Value)[] more)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ImageId"] = SeedWorld.LinuxX64ImageId, ["InstanceType"] = "m5.large", ["MinCount"] = "1", ["MaxCount"] = "1",
        };
        foreach (var (name, value) in more)
        {
            parameters[name] = value;
        }

        return [.. parameters.Where(parameter => parameter.Value.Length > 0).Select(parameter => (parameter.Key, parameter.Value))];
    }

    /// <summary>Texts of all elements of this name, in document order.</summary>
    public static IReadOnlyList<string> Values(XElement document, string name) =>
        [.. document.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value)];

    private void Keep(Ec2Step step)
    {
        State = step.State;
        Effects.AddRange(step.Effects);
    }
}
