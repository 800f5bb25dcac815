using System.Collections.Immutable;
using System.Text.Json;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Launching;

/// <summary>The value of the annotation <c>launch-plan</c>: attempt and plan as JSON, with a version for those who read it later.</summary>
internal sealed record PlanDocument(
    int Version,
    int Attempt,
    string ImageId,
    string InstanceType,
    string SubnetId,
    IReadOnlyList<string>? SecurityGroups,
    string? InstanceProfile,
    string? KeyPair,
    IReadOnlyDictionary<string, string>? Tags,
    DateTimeOffset SignedAt)
{
    private const int CurrentVersion = 1;

    public static string Write(int attempt, LaunchPlan plan)
    {
        var document = new PlanDocument(
            CurrentVersion, attempt, plan.ImageId, plan.InstanceType, plan.SubnetId, plan.SecurityGroups.IsEmpty ? null : plan.SecurityGroups,
            plan.InstanceProfile, plan.KeyPair, plan.Tags.IsEmpty ? null : plan.Tags, plan.SignedAt);
        return JsonSerializer.Serialize(document, LaunchJson.Default.PlanDocument);
    }

    /// <summary>Reads an annotation; null when there is none or when it is not one of ours.</summary>
    public static RecordedAttempt? Read(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        try
        {
            var document = JsonSerializer.Deserialize(json, LaunchJson.Default.PlanDocument);
            return document is { Version: CurrentVersion, Attempt: > 0, ImageId: not null, InstanceType: not null, SubnetId: not null }
                ? new RecordedAttempt(document.Attempt, document.ToPlan())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private LaunchPlan ToPlan() => new()
    {
        ImageId = ImageId,
        InstanceType = InstanceType,
        SubnetId = SubnetId,
        SecurityGroups = [.. SecurityGroups ?? []],
        InstanceProfile = InstanceProfile,
        KeyPair = KeyPair,
        Tags = Tags is null
            ? ImmutableSortedDictionary<string, string>.Empty
            : Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        SignedAt = SignedAt,
    };
}
