namespace Harness.Agent.Host;

/// <summary>How log lines are written to stderr.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
