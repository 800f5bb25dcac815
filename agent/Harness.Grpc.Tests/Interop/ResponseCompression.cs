namespace Grpc.Tests.Interop;

/// <summary>What a server can be made to compress.</summary>
public enum ResponseCompression
{
    /// <summary>Each message that is asked for as compressed, and no other.</summary>
    EachMessage,

    /// <summary>The responses of a call whose request came compressed.</summary>
    LikeTheRequest,

    None,
}
