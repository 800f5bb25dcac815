using System.Collections.Immutable;
using Google.Protobuf;
using Harness.Agent.Applications;
using Harness.Agent.Hosting.State;
using Harness.Agent.Launching;
using Harness.Agent.Workloads;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Hosting;

/// <summary>
/// What an agent does first: reads what an earlier one left on disk, adopts the runs of its application, and ends everything else. Called
/// once, by the application's loop.
/// </summary>
internal sealed partial class Recovery(ApplicationFiles files, IWorkloadRuntime runtime, PodTranslator translator, ILogger<Recovery> logger)
{
    /// <summary>Null: there is nothing to go on with.</summary>
    /// <param name="exited">Called when an adopted run ends.</param>
    public ApplicationEvent.Restored? Run(Action<WorkloadKey, WorkloadExit> exited)
    {
        var saved = Load();
        runtime.EndLeftovers(saved?.Spec?.Uid);
        if (saved is null)
        {
            return null;
        }

        var found = saved.Containers.Where(container => container.IsAlive)
            .ToImmutableDictionary(container => container.Key, container => Find(container, exited));
        Log.Restored(logger, saved.Spec!.Namespace, saved.Spec.Name, saved.Phase, found.Values.Count(run => run is { Started: true, Exit: null }));
        return new ApplicationEvent.Restored(saved, found);
    }

    private ApplicationState? Load()
    {
        try
        {
            if (files.Load() is not { } loaded)
            {
                return null;
            }

            var translation = translator.Translate(loaded.Pod);
            return translation.Spec is { } spec
                ? StateReading.FromRecord(loaded.State, spec)
                : throw new FormatException($"this agent cannot run the saved pod: {translation.Refusal}");
        }
        catch (Exception exception) when (exception is IOException or InvalidProtocolBufferException or FormatException)
        {
            Log.Failed(logger, exception);
            return null;
        }
    }

    private RunFound Find(ContainerState container, Action<WorkloadKey, WorkloadExit> exited)
    {
        var key = container.Key;
        var adoption = runtime.Adopt(key, container.Spec, exit => exited(key, exit));
        return adoption.Outcome switch
        {
            AdoptionOutcome.NotStarted => new RunFound(false, default, null),
            AdoptionOutcome.Running => new RunFound(true, adoption.StartedAt, null),
            AdoptionOutcome.Ended => new RunFound(true, adoption.StartedAt, adoption.Exit),
            _ => throw new InvalidOperationException($"The agent does not know the outcome {adoption.Outcome}."),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information,
            Message = "Pod {Namespace}/{Pod} of an earlier run of the agent is {Phase}; {Count} of its containers run")]
        public static partial void Restored(ILogger logger, string @namespace, string pod, PodPhase phase, int count);

        [LoggerMessage(Level = LogLevel.Error, Message = "What an earlier run of the agent had launched cannot be used; starting without it")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
