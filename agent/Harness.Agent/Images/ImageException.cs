namespace Harness.Agent.Images;

/// <summary>An archive that cannot be had or must not be unpacked; the message says why and carries no signature of a URL.</summary>
internal sealed class ImageException(string message) : Exception(message);
