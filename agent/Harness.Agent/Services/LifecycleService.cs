using System.Globalization;
using Grpc.Core;
using Harness.Agent.Applications;
using Harness.Agent.Contract.V0;
using Harness.Agent.Hosting;
using Harness.Agent.Launching;
using Harness.Agent.Volumes;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Services;

/// <summary>vkvmagent.v0.ApplicationLifecycle: checks requests, asks the runner, and answers in gRPC's terms. Thread-safe.</summary>
internal sealed partial class LifecycleService(
    ApplicationRunner runner, PodTranslator translator, VolumeInputs inputs, StatusBoard board, ServingState serving, ILogger<LifecycleService> logger)
    : ApplicationLifecycle.ApplicationLifecycleBase
{
    public override async Task<LaunchApplicationResponse> LaunchApplication(LaunchApplicationRequest request, ServerCallContext context)
    {
        var translation = translator.Translate(request.Pod);
        if (translation.Spec is not { } spec)
        {
            Log.Refused(logger, translation.Refusal);
            throw new RpcException(new Status(StatusCode.InvalidArgument, translation.Refusal));
        }

        CheckInputs(spec);
        var reply = await runner.LaunchAsync(request.Pod, spec, context.CancellationToken);
        if (reply.Failure is { } failure)
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"The agent's state directory cannot be written: {failure}"));
        }

        if (reply.Answer == LaunchAnswer.Accepted && !translation.PassedOver.IsEmpty)
        {
            Log.PassedOver(logger, spec.Namespace, spec.Name, string.Join(", ", translation.PassedOver));
        }

        return reply.Answer switch
        {
            LaunchAnswer.OtherActive => throw new RpcException(new Status(StatusCode.AlreadyExists, reply.Message)),
            LaunchAnswer.Draining => throw new RpcException(new Status(StatusCode.Unavailable, reply.Message)),
            _ => new LaunchApplicationResponse(),
        };
    }

    public override async Task<TerminateApplicationResponse> TerminateApplication(TerminateApplicationRequest request, ServerCallContext context)
    {
        var grace = Grace(context.RequestHeaders);
        await runner.PostAsync(new ApplicationEvent.TerminateRequested(grace), context.CancellationToken);
        return new TerminateApplicationResponse();
    }

    public override Task<ApplicationHealthResponse> CheckApplicationHealth(ApplicationHealthRequest request, ServerCallContext context) =>
        Task.FromResult(new ApplicationHealthResponse { PodStatus = board.Current });

    public override async Task WatchApplicationHealth(
        ApplicationHealthRequest request, IServerStreamWriter<ApplicationHealthResponse> responseStream, ServerCallContext context)
    {
        using var subscription = board.Subscribe();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, serving.StreamsEnd);
        while (true)
        {
            var ended = ending.IsCancellationRequested;
            while (subscription.TryTake() is { } status)
            {
                await responseStream.WriteAsync(new ApplicationHealthResponse { PodStatus = status }, context.CancellationToken);
            }

            if (ended)
            {
                // Only now: what was published before the end has been sent.
                Streams.ThrowEnded(context);
            }

            await Streams.WaitAsync(subscription.WaitAsync(ending.Token));
        }
    }

    /// <summary>A pod that is new here needs the files of its volumes first.</summary>
    private void CheckInputs(ApplicationSpec spec)
    {
        var state = runner.State;
        if (state.EndedUids.Contains(spec.Uid) || state.IsActive)
        {
            return;
        }

        var missing = spec.Surroundings.Volumes
            .Where(volume => volume is { Kind: VolumeKind.Input, MayBeMissing: false } && inputs.FilesOf(spec.Uid, volume.Name) is null)
            .Select(volume => volume.Name)
            .ToList();
        if (missing.Count > 0)
        {
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition, $"No files were sent for the volumes {string.Join(", ", missing)}: call vkvmagent.v1.PodInputs/PutVolume first."));
        }
    }

    private static TimeSpan? Grace(Metadata headers)
    {
        if (headers.GetValue(WellKnown.GracePeriodMetadata) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"{WellKnown.GracePeriodMetadata}: \"{text}\" is not a whole number of seconds"));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Launch refused: {Detail}")]
        public static partial void Refused(ILogger logger, string detail);

        [LoggerMessage(Level = LogLevel.Information, Message = "Pod {Namespace}/{Pod}: these fields have no effect on this agent: {Fields}")]
        public static partial void PassedOver(ILogger logger, string @namespace, string pod, string fields);
    }
}
