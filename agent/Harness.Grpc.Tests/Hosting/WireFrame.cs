namespace Grpc.Tests.Hosting;

/// <summary>An HTTP/2 frame that went by. An immutable value.</summary>
internal sealed record WireFrame(int Connection, bool IsFromClient, int Type, byte Flags, int Stream, byte[] Payload)
{
    public const int Data = 0x0;
    public const int ResetStream = 0x3;
    public const int Ping = 0x6;
    public const int GoAway = 0x7;
}
