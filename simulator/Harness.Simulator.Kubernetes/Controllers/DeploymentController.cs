using System.Globalization;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Harness.Simulator.Kubernetes.Errors;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>
/// Brings each deployment to its template: one replica set a template, told apart by the pod-template-hash label, scaled
/// step by step as the strategy allows (<see cref="RolloutPlan"/> decides). Old replica sets stay for an undo.
/// </summary>
public sealed class DeploymentController : Controller
{
    private const string Kind = "Deployment";
    private const string ApiVersion = "apps/v1";
    private const string HashLabel = "pod-template-hash";
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private const string DesiredAnnotation = "deployment.kubernetes.io/desired-replicas";
    private const string MaximumAnnotation = "deployment.kubernetes.io/max-replicas";
    private const string LastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

    private readonly EventWriter _events;

    public DeploymentController(IApiClient client, TimeProvider time, ILogger<DeploymentController> logger)
        : base(client, time, logger)
    {
        _events = new EventWriter(client, "deployment-controller", time);
        Watch<Deployment>(deployment => deployment.Metadata, (_, deployment) => Queue.Add(ObjectName.Of(deployment.Metadata)));
        var sets = Watch<ReplicaSet>(set => set.Metadata, (_, set) => AddController(set.Metadata, Kind));
        Watch<Pod>(pod => pod.Metadata, (type, pod) =>
        {
            if (type == ApiWatchEventType.Deleted && Owners.ControllerOf(pod.Metadata) is { } owner && sets.Find(pod.Metadata.Namespace, owner.Name) is { } set)
            {
                AddController(set.Metadata, Kind);
            }
        });
    }

    protected override async Task ReconcileAsync(ObjectName key, CancellationToken cancellationToken)
    {
        if (await Client.FindAsync<Deployment>(key.Namespace, key.Name, cancellationToken) is not { } deployment
            || deployment.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        var sets = await ClaimAsync(deployment, cancellationToken);
        var current = await CurrentAsync(deployment, sets, cancellationToken);
        if (current is not null || deployment.Spec.Paused)
        {
            sets = await ScaleAsync(deployment, current, sets, cancellationToken);
            await CleanUpAsync(deployment, current, sets, cancellationToken);
        }

        await ReportAsync(deployment, current, sets, cancellationToken);
    }

    /// <summary>The deployment's replica sets, after those without an owner that it selects were adopted.</summary>
    private async Task<List<ReplicaSet>> ClaimAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var all = await Client.ListAsync<ReplicaSet>(new ApiSelection(deployment.Metadata.Namespace), cancellationToken);
        var mine = all.Items.Where(set => Owners.IsControlledBy(set.Metadata, deployment.Metadata)).ToList();
        foreach (var orphan in all.Items.Where(set => Owners.ControllerOf(set.Metadata) is null && set.Metadata.DeletionTimestamp is null
            && LabelMatch.Matches(deployment.Spec.Selector, set.Metadata.Labels)))
        {
            orphan.Metadata.OwnerReferences.Add(Owners.Controller(ApiVersion, Kind, deployment.Metadata));
            mine.Add(await Client.UpdateAsync(orphan, cancellationToken));
        }

        return mine;
    }

    /// <summary>Whether pods of other templates are still there; asked only where it matters.</summary>
    private async Task<bool> HasOldPodsAsync(Deployment deployment, ReplicaSet? current, List<ReplicaSet> sets, CancellationToken cancellationToken)
    {
        if (!RolloutPlan.IsRecreate(deployment) || sets.Count < 2)
        {
            return false;
        }

        var old = sets.Where(set => set.Metadata.Uid != current?.Metadata.Uid).Select(set => set.Metadata.Uid).ToHashSet();
        var pods = await Client.ListAsync<Pod>(new ApiSelection(deployment.Metadata.Namespace), cancellationToken);
        return pods.Items.Any(pod => !PodState.IsFinished(pod) && Owners.ControllerOf(pod.Metadata) is { } owner && old.Contains(owner.Uid));
    }

    private static bool SameTemplate(ReplicaSet set, Deployment deployment)
    {
        var template = set.Spec.Template.Clone();
        template.Metadata?.Labels.Remove(HashLabel);
        var wanted = deployment.Spec.Template.Clone();
        wanted.Metadata?.Labels.Remove(HashLabel);
        return template.Equals(wanted);
    }

    private static long RevisionOf(ObjectMeta metadata) =>
        metadata.Annotations.TryGetValue(RevisionAnnotation, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    /// <summary>The replica set of the present template, found or made; none while the deployment is paused and has none.</summary>
    private async Task<ReplicaSet?> CurrentAsync(Deployment deployment, List<ReplicaSet> sets, CancellationToken cancellationToken)
    {
        var found = sets.Where(set => SameTemplate(set, deployment)).MinBy(set => set.Metadata.CreationTimestamp?.Seconds ?? 0);
        if (found is null && deployment.Spec.Paused)
        {
            return null;
        }

        var newest = sets.Where(set => set != found).Select(set => RevisionOf(set.Metadata)).DefaultIfEmpty(0).Max();
        if (found is null)
        {
            found = await CreateAsync(deployment, sets, newest + 1, cancellationToken);
            sets.Add(found);
        }
        else if (RevisionOf(found.Metadata) <= newest)
        {
            found.Metadata.Annotations[RevisionAnnotation] = (newest + 1).ToString(CultureInfo.InvariantCulture);
            Replace(sets, found = await Client.UpdateAsync(found, cancellationToken));
        }

        await NoteRevisionAsync(deployment, RevisionOf(found.Metadata), cancellationToken);
        return found;
    }

    private async Task<ReplicaSet> CreateAsync(Deployment deployment, List<ReplicaSet> sets, long revision, CancellationToken cancellationToken)
    {
        var hash = TemplateHash.Of(deployment.Spec.Template, deployment.Status?.CollisionCount ?? 0);
        var template = deployment.Spec.Template.Clone();
        template.Metadata ??= new ObjectMeta();
        template.Metadata.Labels[HashLabel] = hash;
        var selector = deployment.Spec.Selector.Clone();
        selector.MatchLabels[HashLabel] = hash;
        var set = new ReplicaSet
        {
            Metadata = new ObjectMeta { Name = $"{deployment.Metadata.Name}-{hash}", Namespace = deployment.Metadata.Namespace },
            Spec = new ReplicaSetSpec
            {
                Replicas = RolloutPlan.FirstScale(deployment, sets),
                MinReadySeconds = deployment.Spec.MinReadySeconds,
                Selector = selector,
                Template = template,
            },
        };
        set.Metadata.Labels.Add(template.Metadata.Labels);
        set.Metadata.Annotations.Add(deployment.Metadata.Annotations.Where(entry => entry.Key is not (LastAppliedAnnotation or RevisionAnnotation)).ToDictionary());
        set.Metadata.Annotations[RevisionAnnotation] = revision.ToString(CultureInfo.InvariantCulture);
        NoteSize(set, deployment);
        set.Metadata.OwnerReferences.Add(Owners.Controller(ApiVersion, Kind, deployment.Metadata));
        var created = await CreateAsync(set, deployment, cancellationToken);
        await NoteScalingAsync(deployment, $"Scaled up replica set {created.Metadata.Name} from 0 to {created.Spec.Replicas}", cancellationToken);
        return created;
    }

    /// <summary>Another template's replica set may have the name: the next try then makes another name.</summary>
    private async Task<ReplicaSet> CreateAsync(ReplicaSet set, Deployment deployment, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.CreateAsync(set, cancellationToken);
        }
        catch (ApiStatusException taken) when (taken.IsAlreadyExists)
        {
            deployment.Status ??= new DeploymentStatus();
            deployment.Status.CollisionCount++;
            await Client.UpdateStatusAsync(deployment, cancellationToken);
            throw;
        }
    }

    private async Task<List<ReplicaSet>> ScaleAsync(
        Deployment deployment, ReplicaSet? current, List<ReplicaSet> sets, CancellationToken cancellationToken)
    {
        var oldPodsLeft = await HasOldPodsAsync(deployment, current, sets, cancellationToken);
        foreach (var (set, replicas) in RolloutPlan.Next(deployment, current, sets, oldPodsLeft))
        {
            var before = set.Spec.Replicas;
            if (before == replicas)
            {
                continue;
            }

            set.Spec.Replicas = replicas;
            NoteSize(set, deployment);
            Replace(sets, await Client.UpdateAsync(set, cancellationToken));
            var direction = replicas > before ? "up" : "down";
            await NoteScalingAsync(deployment, $"Scaled {direction} replica set {set.Metadata.Name} from {before} to {replicas}", cancellationToken);
        }

        return sets;
    }

    private async Task CleanUpAsync(Deployment deployment, ReplicaSet? current, List<ReplicaSet> sets, CancellationToken cancellationToken)
    {
        var old = sets
            .Where(set => set.Metadata.Uid != current?.Metadata.Uid && set.Spec.Replicas == 0 && set.Status is { Replicas: 0 } && set.Metadata.DeletionTimestamp is null)
            .OrderBy(set => RevisionOf(set.Metadata))
            .ToList();
        foreach (var set in old.Take(Math.Max(0, old.Count - deployment.Spec.RevisionHistoryLimit)))
        {
            await Client.DeleteAsync<ReplicaSet>(set.Metadata.Namespace, set.Metadata.Name, new ApiDelete(PreconditionUid: set.Metadata.Uid), cancellationToken);
            sets.Remove(set);
        }
    }

    private async Task ReportAsync(Deployment deployment, ReplicaSet? current, List<ReplicaSet> sets, CancellationToken cancellationToken)
    {
        var status = DeploymentReport.Of(deployment, current, sets, Time.GetUtcNow());
        if (!status.Equals(deployment.Status))
        {
            deployment.Status = status;
            await Client.UpdateStatusAsync(deployment, cancellationToken);
        }

        if (status.AvailableReplicas < deployment.Spec.Replicas)
        {
            Queue.AddAfter(ObjectName.Of(deployment.Metadata), TimeSpan.FromSeconds(deployment.Spec.ProgressDeadlineSeconds + 1.0));
        }
    }

    private async Task NoteRevisionAsync(Deployment deployment, long revision, CancellationToken cancellationToken)
    {
        var text = revision.ToString(CultureInfo.InvariantCulture);
        if (deployment.Metadata.Annotations.TryGetValue(RevisionAnnotation, out var noted) && noted == text)
        {
            return;
        }

        deployment.Metadata.Annotations[RevisionAnnotation] = text;
        var updated = await Client.UpdateAsync(deployment, cancellationToken);
        deployment.Metadata.ResourceVersion = updated.Metadata.ResourceVersion;
        deployment.Metadata.Generation = updated.Metadata.Generation;
    }

    private static void NoteSize(ReplicaSet set, Deployment deployment)
    {
        set.Metadata.Annotations[DesiredAnnotation] = deployment.Spec.Replicas.ToString(CultureInfo.InvariantCulture);
        set.Metadata.Annotations[MaximumAnnotation] =
            (deployment.Spec.Replicas + RolloutPlan.MaximumSurge(deployment)).ToString(CultureInfo.InvariantCulture);
    }

    private static void Replace(List<ReplicaSet> sets, ReplicaSet fresh) =>
        sets[sets.FindIndex(set => set.Metadata.Uid == fresh.Metadata.Uid)] = fresh;

    private Task NoteScalingAsync(Deployment deployment, string message, CancellationToken cancellationToken) =>
        _events.WriteAsync(EventWriter.About(ApiVersion, Kind, deployment.Metadata), false, "ScalingReplicaSet", message, cancellationToken);
}
