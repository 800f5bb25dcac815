namespace Harness.Provider.Host;

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
