using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf;

namespace Harness.Simulator.Kubernetes.Documents;

/// <summary>
/// Deep copies of messages whose type is known only at run time: one compiled delegate for each message type. Safe for any thread.
/// </summary>
internal static class MessageCloning
{
    private static readonly ConcurrentDictionary<Type, Func<IMessage, IMessage>> _cloners = new();
    private static readonly MethodInfo _generic =
        typeof(MessageCloning).GetMethod(nameof(CloneTyped), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static IMessage CloneMessage(this IMessage message) => _cloners.GetOrAdd(message.GetType(), Make)(message);

    private static Func<IMessage, IMessage> Make(Type type) => _generic.MakeGenericMethod(type).CreateDelegate<Func<IMessage, IMessage>>();

    private static IMessage CloneTyped<T>(IMessage message) where T : IMessage<T> => ((T)message).Clone();
}
