namespace Harness.Provider.Configuration;

/// <summary>A configuration that cannot be used. The message is one line: file, key, value, and what to write instead.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
