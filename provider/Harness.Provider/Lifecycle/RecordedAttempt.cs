namespace Harness.Provider.Lifecycle;

/// <summary>A launch attempt as it stands in a pod's annotation: the number (from 1) and its plan.</summary>
internal sealed record RecordedAttempt(int Attempt, LaunchPlan Plan);
