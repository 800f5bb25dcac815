namespace Harness.Agent.Imds;

/// <summary>The instance metadata service did not give what it should; the message says what was asked, and what to do.</summary>
internal sealed class ImdsException(string message, bool isTransient, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether asking again may help.</summary>
    public bool IsTransient { get; } = isTransient;
}
