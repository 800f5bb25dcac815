using Harness.Agent.Applications;

namespace Harness.Agent.Hosting;

/// <summary>The answer to one launch. Failure: the agent could not write it down, and the state is as before.</summary>
internal sealed record LaunchReply(LaunchAnswer Answer, string Message, string? Failure = null);
