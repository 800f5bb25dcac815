using Grpc.Core;

namespace Grpc.Tests.Hosting;

/// <summary>A service whose methods a test brings; those that it leaves out are unimplemented.</summary>
internal sealed class ScriptedPeer : Peer.PeerBase
{
    public Func<Note, ServerCallContext, Task<Note>>? OnEcho { get; init; }

    public Func<Note, IServerStreamWriter<Note>, ServerCallContext, Task>? OnCount { get; init; }

    public Func<IAsyncStreamReader<Note>, IServerStreamWriter<Note>, ServerCallContext, Task>? OnChat { get; init; }

    public override Task<Note> Echo(Note request, ServerCallContext context) =>
        OnEcho is null ? base.Echo(request, context) : OnEcho(request, context);

    public override Task Count(Note request, IServerStreamWriter<Note> responseStream, ServerCallContext context) =>
        OnCount is null ? base.Count(request, responseStream, context) : OnCount(request, responseStream, context);

    public override Task Chat(
        IAsyncStreamReader<Note> requestStream, IServerStreamWriter<Note> responseStream, ServerCallContext context) =>
        OnChat is null ? base.Chat(requestStream, responseStream, context) : OnChat(requestStream, responseStream, context);
}
