using System.Collections.Concurrent;

namespace Harness.Simulator.Ec2.Tests.Engine;

/// <summary>A host layer whose machines start and stop when the test says so. Thread-safe.</summary>
internal sealed class FakeHost : IInstanceHost
{
    private readonly ConcurrentQueue<string> _calls = new();

    public IEnumerable<string> Calls => _calls;

    public TaskCompletionSource Starting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Stopping { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Rebooted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task StartAsync(InstanceView instance, CancellationToken cancellationToken)
    {
        _calls.Enqueue($"start {instance.PrivateIpAddress} {instance.State}");
        Starting.TrySetResult();
        await Started.Task.WaitAsync(cancellationToken);
    }

    public async Task StopAsync(InstanceView instance, CancellationToken cancellationToken)
    {
        _calls.Enqueue($"stop {instance.PrivateIpAddress} {instance.State}");
        Stopping.TrySetResult();
        await Stopped.Task.WaitAsync(cancellationToken);
    }

    public Task RebootAsync(InstanceView instance, CancellationToken cancellationToken)
    {
        _calls.Enqueue($"reboot {instance.PrivateIpAddress} {instance.State}");
        Rebooted.TrySetResult();
        return Task.CompletedTask;
    }
}
