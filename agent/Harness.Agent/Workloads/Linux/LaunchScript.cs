using System.Text;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Writes the script that becomes the workload: it records its own process, prepares the surroundings step by step, tells that it is about
/// to start, and turns into the program by exec, always with the same process number. A step that fails ends it before that. Pure.
/// </summary>
internal sealed class LaunchScript
{
    /// <summary>What the steps write to stderr is the reason of a failure; the workload gets its own stderr back.</summary>
    private const string Opening = """
        umask 022
        read -r stat </proc/self/stat
        pid=${stat%% *}
        set -- ${stat##*) }
        echo "$pid ${20}" >workload
        exec 7>&2 2>failure
        die() { echo "$1" >&2; exit 125; }

        """;

    private const string Closing = """
        : >&2
        echo s >&5
        unset OLDPWD PWD
        exec 2>&7 3>&- 4>&- 5>&- 7>&-

        """;

    private readonly StringBuilder _text = new(Opening);

    /// <summary>Adds a command that must succeed; what is said of a failure names the step.</summary>
    public LaunchScript Step(string what, params IEnumerable<string> command)
    {
        AppendCommand(command);
        _text.Append(" || die ").Append(Quote(what + " failed")).Append('\n');
        return this;
    }

    /// <summary>Adds shell text as it is.</summary>
    public LaunchScript Raw(string text)
    {
        _text.Append(text).Append('\n');
        return this;
    }

    /// <summary>The whole script, ending in the given command.</summary>
    public string Become(IEnumerable<string> command)
    {
        _text.Append(Closing).Append("exec ");
        AppendCommand(command);
        return _text.Append('\n').ToString();
    }

    public static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private void AppendCommand(IEnumerable<string> command) => _text.AppendJoin(' ', command.Select(Quote));
}
