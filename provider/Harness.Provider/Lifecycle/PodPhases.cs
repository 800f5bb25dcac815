namespace Harness.Provider.Lifecycle;

/// <summary>What the phases mean. Pure.</summary>
internal static class PodPhases
{
    public static bool IsTerminal(this PodPhase phase) => phase is PodPhase.Succeeded or PodPhase.Failed;

    /// <summary>Reads the API's spelling; anything unknown is <see cref="PodPhase.None"/>.</summary>
    public static PodPhase Parse(string? text) =>
        Enum.TryParse<PodPhase>(text, ignoreCase: false, out var phase) && Enum.IsDefined(phase) ? phase : PodPhase.None;
}
