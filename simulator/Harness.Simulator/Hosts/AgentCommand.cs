namespace Harness.Simulator.Hosts;

/// <summary>
/// How an instance's agent is started: a program and its arguments, in which <c>{address}</c>, <c>{port}</c> and
/// <c>{state}</c> stand for where it shall listen and for a folder that it may keep.
/// </summary>
public sealed record AgentCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The reference agent.</summary>
    public static AgentCommand Reference(string program) =>
        new(program, ["run", "--listen", "{address}:{port}", "--state-dir", "{state}", "--isolation", "None", "--end-workloads-on-stop"]);

    /// <summary>The arguments with the placeholders filled in.</summary>
    public IReadOnlyList<string> ArgumentsFor(string address, int port, string stateFolder) =>
        [.. Arguments.Select(argument => argument
            .Replace("{address}", address, StringComparison.Ordinal)
            .Replace("{port}", port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{state}", stateFolder, StringComparison.Ordinal))];
}
