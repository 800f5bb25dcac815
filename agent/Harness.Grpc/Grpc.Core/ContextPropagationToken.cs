namespace Grpc.Core;

/// <summary>
/// Part of the signature of <see cref="ServerCallContext"/>. Servers on Kestrel make none, so nothing derives from it.
/// </summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
