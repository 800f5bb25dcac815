using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Reading;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// All operations of one API server on one store, composed. HTTP requests and the clients inside the process both go through it.
/// Safe for any thread.
/// </summary>
internal sealed class ApiOperations
{
    public ApiOperations(ResourceRegistry registry, ObjectStore store, IdentifierSource identifiers, TimeProvider time)
    {
        ApiResource pods = Core(registry, "pods");
        ApiResource namespaces = Core(registry, "namespaces");
        var rules = new RuleBook(new ServiceAddresses(store, Core(registry, "services")));
        Registry = registry;
        Store = store;
        Identifiers = identifiers;
        Reader = new ObjectReader(store, time);
        Watcher = new ObjectWatcher(store, time);
        Writer = new ObjectWriter(store, rules, new NamespaceGate(store, namespaces), identifiers, time);
        Patcher = new ObjectPatcher(Writer);
        Deleter = new ObjectDeleter(store, rules, time);
        Binder = new PodBinder(Writer, pods, time);
        Scaler = new ObjectScaler(store, Writer);
        Finalizer = new NamespaceFinalizer(store, namespaces);
        Evictor = new PodEvictor(store, Deleter, pods, registry.Find("policy", "v1", "poddisruptionbudgets")!);
    }

    public ResourceRegistry Registry { get; }

    public ObjectStore Store { get; }

    public IdentifierSource Identifiers { get; }

    public ObjectReader Reader { get; }

    public ObjectWatcher Watcher { get; }

    public ObjectWriter Writer { get; }

    public ObjectPatcher Patcher { get; }

    public ObjectDeleter Deleter { get; }

    public PodBinder Binder { get; }

    public ObjectScaler Scaler { get; }

    public PodEvictor Evictor { get; }

    public NamespaceFinalizer Finalizer { get; }

    private static ApiResource Core(ResourceRegistry registry, string plural) => registry.Find("", "v1", plural)!;
}
