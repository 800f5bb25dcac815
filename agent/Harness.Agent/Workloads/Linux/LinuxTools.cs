namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// The programs of util-linux and coreutils that launch scripts are made of, by absolute path: nothing that a pod says decides which
/// program the agent runs as itself. Null: not on this instance.
/// </summary>
internal sealed record LinuxTools(string Shell, string Env, string SetSid, string? SetPriv, string? Unshare, string? NsEnter, string? Mount, string? PivotRoot)
{
    public const string SystemPath = "/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Throws <see cref="AgentStartException"/> when one that nothing runs without is missing.</summary>
    public static LinuxTools Find() => new(
        Need("sh"), Need("env"), Need("setsid"), Locate("setpriv"), Locate("unshare"), Locate("nsenter"), Locate("mount"), Locate("pivot_root"));

    public static string? Locate(string program) => ProgramPath.Find(program, SystemPath, "/");

    private static string Need(string program) => Locate(program)
        ?? throw new AgentStartException($"the program {program} is not on this instance; install coreutils and util-linux", new FileNotFoundException(program));
}
