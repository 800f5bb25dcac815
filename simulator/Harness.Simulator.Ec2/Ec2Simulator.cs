using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Harness.Simulator.Ec2.Calls;
using Harness.Simulator.Ec2.Engine;
using Harness.Simulator.Ec2.Front;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.World;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Ec2;

/// <summary>
/// An emulated EC2 (and STS GetCallerIdentity) behind an HTTP endpoint, with a view for code in the same process. Owns the listener, the
/// state and the tasks that drive the hosts; disposing ends them (hosts themselves are left to their owner). Thread-safe.
/// </summary>
public sealed class Ec2Simulator : IAsyncDisposable
{
    private readonly Ec2Engine _engine;
    private readonly Ec2Front _front;
    private int _isDisposed;

    private Ec2Simulator(Ec2SimulatorOptions options, Ec2Engine engine, Ec2Front front, CallLog calls) =>
        (World, _engine, _front, Calls) = (options.World, engine, front, calls);

    /// <summary>Where the API answers, such as http://127.0.0.1:43210: an SDK's endpoint URL for ec2 and sts.</summary>
    public Uri Endpoint => _front.Endpoint;

    /// <summary>What was there before the first call.</summary>
    public SeedWorld World { get; }

    /// <summary>The calls that were answered.</summary>
    public CallLog Calls { get; }

    /// <summary>Starts an emulated EC2 that listens when this returns.</summary>
    /// <exception cref="ArgumentException">The options contradict themselves, or the initial state does not fit them.</exception>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task<Ec2Simulator> StartAsync(
        Ec2SimulatorOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        Ec2OptionsCheck.Throw(options);
        var calls = new CallLog(options.CallLogCapacity);
        var engine = new Ec2Engine(options, timeProvider, calls, HostsOf(options, loggerFactory));
        try
        {
            engine.Resume();
            var front = await Ec2Front.StartAsync(options, engine, loggerFactory, cancellationToken);
            return new Ec2Simulator(options, engine, front, calls);
        }
        catch
        {
            await engine.DisposeAsync();
            calls.Dispose();
            throw;
        }
    }

    /// <summary>All instances that a Describe call would tell, terminated ones included, by id.</summary>
    public IReadOnlyList<InstanceView> Snapshot() => _engine.Snapshot();

    /// <summary>The instance, or null when there is none (any more).</summary>
    public InstanceView? Find(string instanceId) => _engine.Find(instanceId);

    /// <summary>
    /// All that calls have made, as JSON for <see cref="Ec2SimulatorOptions.InitialState"/> of a later simulator over the same block.
    /// </summary>
    public string ExportState() => StateDocument.Write(_engine.State);

    /// <summary>
    /// Every instance as it is when this is called, then every change from then on, in order, until cancelled or disposed. To be
    /// enumerated once.
    /// </summary>
    /// <exception cref="InvalidOperationException">While enumerating: the reader fell too far behind; watch again.</exception>
    public IAsyncEnumerable<InstanceChange> WatchInstancesAsync(CancellationToken cancellationToken) =>
        ReadAsync(_engine.Watch(), cancellationToken);

    /// <summary>
    /// The guest of a running instance shut itself down: the instance stops or terminates, as its InstanceInitiatedShutdownBehavior says.
    /// </summary>
    /// <returns>False when there is no such instance.</returns>
    public bool ShutDownFromInside(string instanceId) => _engine.Report(instanceId, HostReportKind.ShutDownFromInside);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _front.DisposeAsync();
        await _engine.DisposeAsync();
        Calls.Dispose();
    }

    private async IAsyncEnumerable<InstanceChange> ReadAsync(
        Channel<InstanceChange> channel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            _engine.Unwatch(channel);
        }
    }

    private static Func<Action<HostReport>, HostDriver>? HostsOf(Ec2SimulatorOptions options, ILoggerFactory loggerFactory) =>
        options.Host is { } host ? report => new HostDriver(host, report, loggerFactory.CreateLogger<HostDriver>()) : null;
}
