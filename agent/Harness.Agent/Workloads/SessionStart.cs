using System.Diagnostics.CodeAnalysis;

namespace Harness.Agent.Workloads;

/// <summary>Whether a command beside a container started. A failure has the exit code that a shell would give, and says what to do.</summary>
internal sealed record SessionStart(IWorkloadSession? Session, int ExitCode, string Message)
{
    [MemberNotNullWhen(true, nameof(Session))]
    public bool Started => Session is not null;

    public static SessionStart Running(IWorkloadSession session) => new(session, 0, "");

    public static SessionStart Failed(int exitCode, string message) => new(null, exitCode, message);
}
