using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>Writes events as a control plane component does. A refused event is dropped: events are not state.</summary>
public sealed class EventWriter(IApiClient client, string component, TimeProvider time)
{
    private const string DefaultNamespace = "default";

    private long _lastNumber;

    /// <param name="about">The object that the event is about.</param>
    /// <param name="warning">Whether its type is Warning; else Normal.</param>
    /// <param name="reason">In CamelCase, such as <c>SuccessfulCreate</c>.</param>
    /// <param name="message">For a person.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task WriteAsync(ObjectReference about, bool warning, string reason, string message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var stamp = Time.Of(now);
        var value = new Event
        {
            Metadata = new ObjectMeta
            {
                Name = $"{about.Name}.{NextNumber(now):x16}",
                Namespace = about.Namespace.Length == 0 ? DefaultNamespace : about.Namespace,
            },
            InvolvedObject = about,
            Reason = reason,
            Message = message,
            Type = warning ? "Warning" : "Normal",
            Source = new EventSource { Component = component },
            FirstTimestamp = stamp,
            LastTimestamp = stamp.Clone(),
            Count = 1,
        };
        try
        {
            await client.CreateAsync(value, cancellationToken);
        }
        catch (ApiStatusException)
        {
            // The namespace is going, or another component has taken the name; the event's object tells the state itself.
        }
    }

    public static ObjectReference About(string apiVersion, string kind, ObjectMeta metadata) => new()
    {
        ApiVersion = apiVersion,
        Kind = kind,
        Namespace = metadata.Namespace,
        Name = metadata.Name,
        Uid = metadata.Uid,
        ResourceVersion = metadata.ResourceVersion,
    };

    /// <summary>The moment, but never the same number twice.</summary>
    private long NextNumber(DateTimeOffset now)
    {
        while (true)
        {
            var last = Interlocked.Read(ref _lastNumber);
            var next = Math.Max(last + 1, now.UtcTicks);
            if (Interlocked.CompareExchange(ref _lastNumber, next, last) == last)
            {
                return next;
            }
        }
    }
}
