using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Holds messages to the limits that were configured.</summary>
internal static class MessageSize
{
    public static void ThrowIfReceivedTooLarge(long lengthBytes, int? maxBytes)
    {
        if (lengthBytes > maxBytes)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"Received message exceeds the maximum configured message size ({maxBytes} bytes)."));
        }
    }

    public static void ThrowIfSentTooLarge(long lengthBytes, int? maxBytes)
    {
        if (lengthBytes > maxBytes)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"Sending message exceeds the maximum configured message size ({lengthBytes} of {maxBytes} bytes)."));
        }
    }
}
