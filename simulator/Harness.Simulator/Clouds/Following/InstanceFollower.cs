using System.Collections.Immutable;
using System.Net;
using System.Threading.Channels;
using Harness.Ec2;
using Harness.Ec2.Model;
using Harness.Simulator.Hosts;
using Harness.Simulator.Programs;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Clouds.Following;

/// <summary>
/// Boots and ends machines for the instances of an EC2 that does not tell of them by itself: asks DescribeInstances again and again
/// and carries out what <see cref="FollowerState"/> decides. One loop decides; boots and ends run beside it, for one instance one
/// after the other. An EC2 that does not answer is asked less often; machines stay as they are meanwhile.
/// </summary>
internal sealed partial class InstanceFollower(
    IEc2 ec2, FollowerOptions options, InstanceHosts hosts, TimeProvider time, ILogger<InstanceFollower> logger) : IAsyncDisposable
{
    private const int ResultCapacity = 1024;

    private readonly FollowerPolicy _policy = new(options.BootDelay);
    private readonly Channel<FollowerEvent> _results = Channel.CreateBounded<FollowerEvent>(ResultCapacity);
    private readonly Dictionary<string, Task> _effects = [];
    private readonly CancellationTokenSource _stopping = new();
    private FollowerState _state = FollowerState.Empty;
    private volatile IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>();
    private Task _following = Task.CompletedTask;
    private int _failures;

    /// <summary>The Name tag of each instance that has one, as last listed.</summary>
    public IReadOnlyDictionary<string, string> Names => _names;

    public void Start() => _following = FollowAsync(_stopping.Token);

    /// <summary>Ends the following, after what was ordered is done. The machines stay on: their owner ends them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _following;
        await Task.WhenAll(_effects.Values);
        _stopping.Dispose();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await ListAsync(cancellationToken);
                await HearAsync(options.PauseAfter(_failures), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its owner stops it.
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var listed = await ReadAsync(cancellationToken);
            if (_failures > 0)
            {
                Log.AnswersAgain(logger, _failures);
            }

            _failures = 0;
            Take(new FollowerEvent.Listed(listed));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failures++;
            Log.ListFailed(logger, options.PauseAfter(_failures), exception is Ec2Exception ? exception.Message : exception.ToString());
        }
    }

    private async Task<ImmutableArray<SeenInstance>> ReadAsync(CancellationToken cancellationToken)
    {
        var seen = ImmutableArray.CreateBuilder<SeenInstance>();
        var names = new Dictionary<string, string>();
        var request = new DescribeInstancesRequest { Filters = [.. options.Filters], MaxResults = options.PageSize };
        await foreach (var instance in ec2.ListInstancesAsync(request, cancellationToken))
        {
            seen.Add(new SeenInstance(instance.InstanceId, PowerOf(instance), IPAddress.TryParse(instance.PrivateIpAddress, out var address) ? address : null));
            if (instance.Tags.FirstOrDefault(tag => tag.Key == "Name") is { } name)
            {
                names[instance.InstanceId] = name.Value;
            }
        }

        _names = names;
        return seen.ToImmutable();
    }

    private static SeenPower PowerOf(Instance instance) => instance.State?.Name switch
    {
        InstanceStateName.Pending or InstanceStateName.Running => SeenPower.On,
        InstanceStateName.Stopping or InstanceStateName.Stopped => SeenPower.Off,
        _ => SeenPower.Gone,
    };

    /// <summary>Takes the results of boots and ends as they come, until the pause is over.</summary>
    private async Task HearAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(pause, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            while (true)
            {
                Take(await _results.Reader.ReadAsync(both.Token));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The pause is over.
        }
    }

    private void Take(FollowerEvent happened)
    {
        (_state, var actions) = _state.After(happened, time.GetUtcNow(), _policy);
        foreach (var done in _effects.Where(effect => effect.Value.IsCompleted).Select(effect => effect.Key).ToList())
        {
            _effects.Remove(done);
        }

        foreach (var action in actions)
        {
            _effects[action.InstanceId] = PerformAsync(_effects.GetValueOrDefault(action.InstanceId, Task.CompletedTask), action);
        }
    }

    private async Task PerformAsync(Task before, FollowerAction action)
    {
        await before;
        await Task.Yield();
        var result = action switch
        {
            FollowerAction.Boot boot => await BootAsync(boot),
            FollowerAction.End end => await EndAsync(end),
            _ => throw new InvalidOperationException($"{action} is no action of a follower."),
        };
        if (result is not null && !_stopping.IsCancellationRequested)
        {
            await TellAsync(result);
        }
    }

    private async Task<FollowerEvent?> BootAsync(FollowerAction.Boot boot)
    {
        try
        {
            await hosts.BootAsync(boot.InstanceId, boot.Address, CancellationToken.None);
            Log.Booted(logger, boot.InstanceId, boot.Address);
            return null;
        }
        catch (Exception exception) when (exception is ProgramStartException or HostNetworkException or IOException or UnauthorizedAccessException)
        {
            Log.BootFailed(logger, boot.InstanceId, boot.Address, FollowerPolicy.RetryPause, exception.Message);
            return new FollowerEvent.BootFailed(boot.InstanceId);
        }
    }

    private async Task<FollowerEvent?> EndAsync(FollowerAction.End end)
    {
        try
        {
            await hosts.EndAsync(end.InstanceId, end.KeepsDisk);
            Log.Ended(logger, end.InstanceId);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.EndIncomplete(logger, end.InstanceId, exception.Message);
        }

        return new FollowerEvent.Ended(end.InstanceId);
    }

    private async Task TellAsync(FollowerEvent result)
    {
        try
        {
            await _results.Writer.WriteAsync(result, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody follows any more.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Host of {InstanceId} is on, at {Address}")]
        public static partial void Booted(ILogger logger, string instanceId, IPAddress address);

        [LoggerMessage(Level = LogLevel.Information, Message = "Host of {InstanceId} is off")]
        public static partial void Ended(ILogger logger, string instanceId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Host of {InstanceId} could not be booted at {Address}, next try in {Pause}: {Detail}")]
        public static partial void BootFailed(ILogger logger, string instanceId, IPAddress address, TimeSpan pause, string detail);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Host of {InstanceId} is off, but its disk could not be removed: {Detail}")]
        public static partial void EndIncomplete(ILogger logger, string instanceId, string detail);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Instances could not be listed, next try in {Pause}; hosts stay as they are: {Detail}")]
        public static partial void ListFailed(ILogger logger, TimeSpan pause, string detail);

        [LoggerMessage(Level = LogLevel.Information, Message = "Instances can be listed again, after {Failures} failures")]
        public static partial void AnswersAgain(ILogger logger, int failures);
    }
}
