using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Resources;
using CoreEvent = Harness.Kubernetes.Objects.Core.V1.Event;
using NewEvent = Harness.Kubernetes.Objects.Events.V1.Event;
using NewSeries = Harness.Kubernetes.Objects.Events.V1.EventSeries;

namespace Harness.Simulator.Kubernetes.Documents;

/// <summary>
/// Events are stored in their core/v1 form; events.k8s.io/v1 shows the same objects under other names. Stateless.
/// </summary>
internal static class EventForms
{
    /// <summary>The object in the form in which the resource is stored.</summary>
    public static ApiObject ToStored(ApiResource resource, ApiObject value) =>
        resource.StoredAs is not null && value is MessageObject { Message: NewEvent told } ? new MessageObject(ToCore(told)) : value;

    /// <summary>A stored object in the form that the resource shows.</summary>
    public static ApiObject ToShown(ApiResource resource, ApiObject value) =>
        resource.StoredAs is not null && value is MessageObject { Message: CoreEvent told } ? new MessageObject(ToNew(told)) : value;

    private static CoreEvent ToCore(NewEvent told)
    {
        var core = new CoreEvent
        {
            Metadata = told.Metadata?.Clone() ?? new(),
            InvolvedObject = told.Regarding?.Clone() ?? new(),
            Source = told.DeprecatedSource?.Clone() ?? new(),
            FirstTimestamp = told.DeprecatedFirstTimestamp?.Clone(),
            LastTimestamp = told.DeprecatedLastTimestamp?.Clone(),
            EventTime = told.EventTime?.Clone(),
            Related = told.Related?.Clone(),
            Reason = told.Reason,
            Message = told.Note,
            Type = told.Type,
            Action = told.Action,
            ReportingComponent = told.ReportingController,
            ReportingInstance = told.ReportingInstance,
            Series = told.Series is { } series ? new EventSeries { Count = series.Count, LastObservedTime = series.LastObservedTime?.Clone() } : null,
        };
        if (told.HasDeprecatedCount)
        {
            core.Count = told.DeprecatedCount;
        }

        return core;
    }

    private static NewEvent ToNew(CoreEvent core)
    {
        var told = new NewEvent
        {
            Metadata = core.Metadata?.Clone() ?? new(),
            Regarding = core.InvolvedObject?.Clone() ?? new(),
            DeprecatedSource = core.Source?.Clone() ?? new(),
            DeprecatedFirstTimestamp = core.FirstTimestamp?.Clone(),
            DeprecatedLastTimestamp = core.LastTimestamp?.Clone(),
            EventTime = core.EventTime?.Clone(),
            Related = core.Related?.Clone(),
            Reason = core.Reason,
            Note = core.Message,
            Type = core.Type,
            Action = core.Action,
            ReportingController = core.ReportingComponent,
            ReportingInstance = core.ReportingInstance,
            Series = core.Series is { } series ? new NewSeries { Count = series.Count, LastObservedTime = series.LastObservedTime?.Clone() } : null,
        };
        if (core.HasCount)
        {
            told.DeprecatedCount = core.Count;
        }

        return told;
    }
}
