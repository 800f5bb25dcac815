using Harness.Simulator.Kubernetes.Identity;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>Who writes, whether it is a dry run, and where warnings for the writer go.</summary>
internal sealed record WriteContext(UserIdentity User, bool DryRun = false, Action<string>? Warn = null);
