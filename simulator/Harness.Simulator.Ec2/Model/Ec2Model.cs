using System.Net;
using System.Xml.Linq;
using Harness.Simulator.Ec2.Calls;
using Harness.Simulator.Ec2.Operations;
using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Model;

/// <summary>
/// EC2's behaviour as functions of a state, something that happens, and a moment; no clock, no I/O, no task. Whoever holds the state (the
/// engine, a test) calls these, keeps the next state, and performs the effects. Thread-safe, as nothing here changes.
/// </summary>
internal sealed class Ec2Model(Ec2SimulatorOptions options)
{
    /// <summary>Whether an action only reads, so that its step is the same state.</summary>
    public static bool IsReadOnly(string action) => action.StartsWith("Describe", StringComparison.Ordinal);

    /// <summary>A call.</summary>
    public (Ec2Step Step, Ec2Reply Reply) Apply(Ec2State state, Ec2Request request, DateTimeOffset now)
    {
        var transaction = new Transaction(state, options, now);
        try
        {
            var operation = OperationTable.Find(request.Action) ?? throw Refusals.InvalidAction(request.Action);
            var dryRun = request.Parameters.Flag("DryRun");
            var content = operation(transaction, request.Parameters).ToList();
            if (request.Parameters.FirstUnread() is { } unread)
            {
                throw Refusals.UnknownParameter(unread);
            }

            return dryRun ? throw Refusals.DryRun() : (transaction.ToStep(), Success(transaction, request, content));
        }
        catch (Ec2Refusal refusal)
        {
            return (new Ec2Step(state, [], []), Failure(transaction, refusal, request.RequestId));
        }
    }

    /// <summary>A report of the machine behind an instance; stale ones change nothing.</summary>
    public Ec2Step Apply(Ec2State state, HostReport report, DateTimeOffset now)
    {
        var transaction = new Transaction(state, options, now);
        if (state.Instances.TryGetValue(report.InstanceId, out var instance) && instance.Boot == report.Boot)
        {
            InstanceLifecycle.OnReport(transaction, instance, report.Kind);
        }

        return transaction.ToStep();
    }

    /// <summary>
    /// A state of another run is taken up: what its machines were doing is asked for again, as they are gone. A running instance stays
    /// running meanwhile, and ends when its machine does not come back.
    /// </summary>
    public static Ec2Step Resume(Ec2State state) => new(state, [.. state.Instances.Values.Select(ResumeHost).OfType<Effect>()], []);

    /// <summary>Everything that is due by <paramref name="now"/>.</summary>
    public Ec2Step Tick(Ec2State state, DateTimeOffset now)
    {
        var transaction = new Transaction(state, options, now);
        while (transaction.State.NextDue <= now)
        {
            var alarm = transaction.State.Agenda[0];
            switch (alarm.Kind)
            {
                case AlarmKind.Instance:
                    InstanceLifecycle.OnDue(transaction, transaction.State.Instances[alarm.Key]);
                    break;
                case AlarmKind.LaunchToken:
                    ForgetToken(transaction, alarm);
                    break;
                case AlarmKind.InterfaceToken:
                    transaction.Update(before => before with
                    {
                        Agenda = before.Agenda.Remove(alarm), InterfaceTokens = before.InterfaceTokens.Remove(alarm.Key),
                    });
                    break;
                default:
                    throw new InvalidOperationException($"No alarm of kind {alarm.Kind} is known.");
            }
        }

        return transaction.ToStep();
    }

    private static Effect? ResumeHost(Instance instance) => instance.Host switch
    {
        HostPhase.Starting or HostPhase.Up => new Effect.StartHost(instance.InstanceId, instance.Boot),
        HostPhase.Stopping => new Effect.StopHost(instance.InstanceId, instance.Boot),
        HostPhase.None => null,
        _ => throw new InvalidOperationException($"Instance {instance.InstanceId} has a host in phase {instance.Host}."),
    };

    private static void ForgetToken(Transaction transaction, Alarm alarm)
    {
        var state = transaction.State;
        var isUsed = state.LaunchTokens.TryGetValue(alarm.Key, out var token) && token.InstanceIds.Any(state.Instances.ContainsKey);
        transaction.Update(before => before with
        {
            Agenda = before.Agenda.Remove(alarm),
            LaunchTokens = isUsed ? before.LaunchTokens : before.LaunchTokens.Remove(alarm.Key),
        });
    }

    private static Ec2Reply Success(Transaction transaction, Ec2Request request, List<XElement?> content) => new(
        HttpStatusCode.OK, CallRecord.Ok,
        Ec2Xml.Element($"{request.Action}Response", content.Prepend(Ec2Xml.Text("requestId", request.RequestId))),
        [.. transaction.InstanceIds]);

    private static Ec2Reply Failure(Transaction transaction, Ec2Refusal refusal, string requestId) => new(
        refusal.Status, refusal.Code, ErrorDocument(refusal.Code, refusal.Message, requestId), [.. transaction.InstanceIds]);

    /// <summary>EC2's error document; it has no namespace.</summary>
    public static XElement ErrorDocument(string code, string message, string requestId) => new(
        "Response",
        new XElement("Errors", new XElement("Error", new XElement("Code", code), new XElement("Message", message))),
        new XElement("RequestID", requestId));
}
