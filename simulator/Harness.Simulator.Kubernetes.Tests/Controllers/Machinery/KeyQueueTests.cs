using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Harness.Testing;

namespace Harness.Simulator.Kubernetes.Tests.Controllers.Machinery;

public sealed class KeyQueueTests : IDisposable
{
    private static readonly ObjectName A = new("n", "a");
    private static readonly ObjectName B = new("n", "b");

    private readonly ManualTimeProvider _time = new();
    private readonly KeyQueue _queue;

    public KeyQueueTests() => _queue = new KeyQueue(_time);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void Add_SameKeyTwice_IsTakenOnce()
    {
        _queue.Add(A);
        _queue.Add(B);
        _queue.Add(A);
        Assert.Equal([A, B], Waiting());
    }

    [Fact]
    public void Add_WhileItIsWorkedOn_IsTakenAgain()
    {
        _queue.Add(A);
        Assert.Equal([A], Waiting());
        _queue.Add(A);
        Assert.Equal([A], Waiting());
    }

    [Fact]
    public void AddAfter_EarlierAppointmentStands()
    {
        _queue.AddAfter(A, TimeSpan.FromSeconds(10));
        _queue.AddAfter(A, TimeSpan.FromSeconds(5));
        _queue.AddAfter(A, TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Empty(Waiting());
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal([A], Waiting());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(Waiting());
    }

    [Fact]
    public void AddAfterFailure_EachInARow_WaitsLongerUpToTheCap()
    {
        var waits = new List<double>();
        for (var failure = 0; failure < 12; failure++)
        {
            _queue.AddAfterFailure(A);
            var due = _time.NextDue!.Value;
            waits.Add((due - _time.GetUtcNow()).TotalMilliseconds);
            _time.Advance(due - _time.GetUtcNow());
            Assert.Equal([A], Waiting());
        }

        Assert.Equal([20, 40, 80, 160], waits.Take(4));
        Assert.Equal(10_000, waits[^1]);
        _queue.Forget(A);
        _queue.AddAfterFailure(A);
        Assert.Equal(TimeSpan.FromMilliseconds(20), _time.NextDue!.Value - _time.GetUtcNow());
    }

    [Fact]
    public void Dispose_Appointments_AreOff()
    {
        _queue.AddAfter(A, TimeSpan.FromSeconds(1));
        _queue.Dispose();
        Assert.Null(_time.NextDue);
    }

    private List<ObjectName> Waiting()
    {
        var taken = new List<ObjectName>();
        while (true)
        {
            using var giveUp = new CancellationTokenSource();
            var next = _queue.TakeAsync(giveUp.Token).AsTask();
            if (!next.IsCompletedSuccessfully)
            {
                giveUp.Cancel();
                return taken;
            }

            taken.Add(next.GetAwaiter().GetResult());
        }
    }
}
