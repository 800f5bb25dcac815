namespace Grpc.Core;

/// <summary>Adds to the metadata of a call what proves who its caller is.</summary>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
