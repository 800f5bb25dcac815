using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>Asks credentials for the metadata that they add to a call. Immutable; thread-safe when its interceptors are.</summary>
internal sealed class CredentialsMetadata
{
    private readonly List<AsyncAuthInterceptor> _interceptors = [];

    public CredentialsMetadata(params IEnumerable<CallCredentials?> credentials)
    {
        var collector = new Collector();
        foreach (var each in credentials)
        {
            each?.InternalPopulateConfiguration(collector, _interceptors);
        }
    }

    /// <summary>The caller's own metadata, and behind it what the credentials add.</summary>
    public async Task<Metadata> AddToAsync(Metadata? headers, Uri address, IMethod method, CancellationToken cancellationToken)
    {
        var all = new Metadata();
        foreach (var entry in headers ?? Metadata.Empty)
        {
            all.Add(entry);
        }

        var context = new AuthInterceptorContext(new Uri(address, method.ServiceName).ToString(), method.Name, cancellationToken);
        foreach (var interceptor in _interceptors)
        {
            await interceptor(context, all).WaitAsync(cancellationToken);
        }

        return all;
    }

    private sealed class Collector : CallCredentialsConfiguratorBase
    {
        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials)
        {
            foreach (var each in credentials)
            {
                each.InternalPopulateConfiguration(this, state);
            }
        }

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) =>
            ((List<AsyncAuthInterceptor>)state!).Add(interceptor);
    }
}
