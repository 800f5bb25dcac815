namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// The shim: a shell script that starts one run of a container, holds its output pipes open, and writes down how it ended, so that
/// nothing is lost while the agent is away. Every instance has a shell; it needs 1 MB where a process of the agent itself would need 20.
/// The script is put beside the agent's state; a shim that runs keeps the file that it was started from.
/// </summary>
internal static class ShimScript
{
    /// <summary>
    /// Arguments: the program setsid; the shell; not empty when the shim's children are in a PID namespace of their own; then what starts the
    /// launch script in other namespaces, if any. Its working directory is the run's folder. With noclobber, making the claim is one atomic step. The pipes are opened for reading and writing: neither side blocks or breaks when the other is not there.
    /// </summary>
    private const string Text = """
        # Runs ./launch in a session of its own and writes down how it ended. Started by vkvm-agent.
        setsid=$1
        shell=$2
        space=$3
        shift 3
        ticks_of() { shift 19; ticks=$1; }
        umask 077
        exec 3<>out 4<>err 5<>note 6<>ack || exit 1
        read -r stat </proc/self/stat
        pid=${stat%% *}
        ticks_of ${stat##*) }
        read -r boot </proc/sys/kernel/random/boot_id
        set -C
        echo "$pid $ticks $boot" >claim || exit 0
        set +C
        if [ -n "$space" ]; then
          # The first process in a new PID namespace: it collects orphans, and when it ends, so does everything in there.
          "$shell" -c 'trap "" TERM INT HUP; sleep 2147483647 & wait' </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- &
          init=$!
        fi
        "$setsid" "$@" "$shell" ./launch </dev/null >&3 2>&4 6>&- &
        workload=$!
        wait "$workload"
        code=$?
        { echo "$code"; jobs; echo end; } 1<>exit
        if [ -n "$space" ]; then kill -9 "$init"; else kill -9 "-$workload"; fi
        echo x >&5
        # What is in the pipes stays there until the agent has read it and ends this process.
        read -r done <&6
        """;

    /// <summary>Puts the script where it belongs; returns its path.</summary>
    public static string Install(string folder)
    {
        var path = Path.Combine(folder, "shim");
        File.WriteAllText(path + ".new", Text + "\n");
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }
}
