using Harness.Provider.Lifecycle;
using Harness.Provider.Tests.Lifecycle.World;

namespace Harness.Provider.Tests.Lifecycle;

/// <summary>
/// Decision 2's proof: whatever the order, and wherever the provider dies, a pod ends with exactly one instance and one launch, or,
/// when it is deleted, with none.
/// </summary>
public sealed class CrashTests
{
    private const int Seeds = 40;
    private const int MostEffects = 40;

    [Fact]
    public void Create_CrashAfterEachEffect_OneInstanceAndOneLaunch()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            for (var crashAfter = 0; crashAfter < MostEffects; crashAfter++)
            {
                var driver = new WorldDriver($"uid-{seed}", seed);
                RunUntil(driver, crashAfter);
                driver.Crash();
                driver.Settle();
                AssertRunning(driver, $"seed {seed}, crash after {crashAfter} effects");
            }
        }
    }

    [Fact]
    public void Delete_CrashAfterEachEffect_NothingIsLeft()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            for (var crashAfter = 0; crashAfter < MostEffects; crashAfter++)
            {
                var driver = new WorldDriver($"uid-{seed}", seed);
                driver.Settle();
                var before = driver.Performed;
                driver.Delete();
                RunUntil(driver, before + crashAfter);
                driver.Crash();
                driver.Settle();
                AssertGone(driver, $"seed {seed}, crash {crashAfter} effects after the deletion");
            }
        }
    }

    [Fact]
    public void DeleteWhileCreating_CrashAtAnyTime_NothingIsLeft()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            var driver = new WorldDriver($"uid-{seed}", seed);
            RunUntil(driver, random.Next(MostEffects));
            driver.Delete();
            RunUntil(driver, driver.Performed + random.Next(MostEffects));
            driver.Crash();
            driver.Settle();
            AssertGone(driver, $"seed {seed}");
        }
    }

    [Fact]
    public void Create_SeveralCrashesAndLostAnswers_OneInstanceAndOneLaunch()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            var driver = new WorldDriver($"uid-{seed}", seed);
            for (var i = random.Next(3); i > 0; i--)
            {
                driver.World.LaunchAnswers.Enqueue(Answer(random));
            }

            for (var crash = random.Next(1, 5); crash > 0; crash--)
            {
                RunUntil(driver, driver.Performed + random.Next(12));
                driver.Crash();
            }

            driver.Settle();
            AssertRunning(driver, $"seed {seed}");
        }
    }

    [Fact]
    public void VanishedObject_AtAnyTime_NoInstanceIsLeft()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            var driver = new WorldDriver($"uid-{seed}", seed);
            RunUntil(driver, random.Next(MostEffects));
            driver.World.PodExists = false;
            driver.Feed(new PodEvent.Vanished());
            driver.Settle();
            AssertGone(driver, $"seed {seed}");
        }
    }

    private static PodEvent Answer(Random random) => random.Next(4) switch
    {
        0 => new PodEvent.LaunchUnknown("timeout"),
        1 => new PodEvent.LaunchRefused(LaunchRefusal.Throttled, "RequestLimitExceeded", ""),
        2 => new PodEvent.LaunchRefused(LaunchRefusal.Definite, "InsufficientInstanceCapacity", ""),
        _ => new PodEvent.LaunchLimited("paused", TimeSpan.FromSeconds(1)),
    };

    private static void RunUntil(WorldDriver driver, int performed)
    {
        for (var moves = 0; moves < 4000 && driver.Performed < performed && !driver.IsSettled && driver.Move(); moves++)
        {
        }
    }

    private static void AssertRunning(WorldDriver driver, string when)
    {
        Assert.True(driver.Pod.Stage == PodStage.Running, $"{when}: stage {driver.Pod.Stage}");
        var live = Assert.Single(driver.World.Live);
        Assert.True(live.Launches == 1, $"{when}: {live.Launches} launches");
        Assert.Equal(1, driver.World.Instances.Sum(instance => instance.Launches));
        Assert.Equal(live.Id, driver.World.InstanceIdAnnotation);
        Assert.Equal(PodPhase.Running, driver.World.Status?.Phase);
    }

    private static void AssertGone(WorldDriver driver, string when)
    {
        Assert.True(!driver.World.PodExists, $"{when}: the API object is left, stage {driver.Pod.Stage}");
        Assert.True(!driver.World.Live.Any(), $"{when}: an instance is left, stage {driver.Pod.Stage}");
    }
}
