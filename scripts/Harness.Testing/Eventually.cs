namespace Harness.Testing;

/// <summary>Waits for something that another process or task brings about; the limit is a safety net, not a measure.</summary>
public static class Eventually
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns once the condition holds.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="otherwise">What is wrong if it never holds.</param>
    public static Task TrueAsync(Func<bool> condition, string otherwise) => TrueAsync(() => Task.FromResult(condition()), otherwise);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string)"/>
    public static async Task TrueAsync(Func<Task<bool>> condition, string otherwise)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(since) > SafetyNet)
            {
                throw new TimeoutException($"After {SafetyNet}: {otherwise}.");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
