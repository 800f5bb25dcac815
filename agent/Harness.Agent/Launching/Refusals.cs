namespace Harness.Agent.Launching;

/// <summary>
/// Gathers what is wrong with a launch request, each entry naming its field, so that an author sees everything at once. Not thread-safe.
/// </summary>
internal sealed class Refusals
{
    private const int Shown = 10;
    private readonly List<string> _messages = [];

    public bool Any => _messages.Count > 0;

    public void Add(string field, string message) => _messages.Add($"{field}: {message}");

    public void NotSupported(string field) => Add(field, "not supported by this agent; remove it");

    public override string ToString() => _messages.Count <= Shown
        ? string.Join("; ", _messages)
        : string.Join("; ", _messages.Take(Shown)) + $"; and {_messages.Count - Shown} more";
}
