using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints jobs and cron jobs. Pure.</summary>
internal static class BatchTables
{
    private static readonly string[] _statuses = ["Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet"];

    public static TableKind Job { get; } = new(
        [
            TableColumn.ObjectName,
            new("Status", "How the job is doing."),
            new("Completions", "Pods that succeeded, of those wanted."),
            new("Duration", "How long the job took, or has taken so far."),
            TableColumn.Age,
            .. TableColumn.Template,
            TableColumn.Wide("Selector", "Labels of the job's pods."),
        ],
        (item, now) =>
        [
            Cell.Name(item),
            Status(item),
            Completions(item),
            Duration(item, now),
            Age.Of(item, now),
            Cell.Containers(item.At("spec", "template")),
            Cell.Images(item.At("spec", "template")),
            Cell.Selector(item.At("spec", "selector")),
        ]);

    public static TableKind CronJob { get; } = new(
        [
            TableColumn.ObjectName,
            new("Schedule", "When jobs start, as cron writes it."),
            new("Timezone", "Time zone of the schedule."),
            new("Suspend", "Whether no more jobs are started.", "boolean"),
            TableColumn.Integer("Active", "Jobs that are running."),
            new("Last Schedule", "Time since a job was last started."),
            TableColumn.Age,
            .. TableColumn.Template,
            TableColumn.Wide("Selector", "Labels of the jobs' pods."),
        ],
        (item, now) =>
        [
            Cell.Name(item),
            item.Text("spec", "schedule"),
            item.Text("spec", "timeZone").Or(Cell.None),
            item.Flag("spec", "suspend") ? "True" : "False",
            item.Items("status", "active").Count,
            item.Time("status", "lastScheduleTime") is { } last ? Age.Since(last, now) : Cell.None,
            Age.Of(item, now),
            Cell.Containers(item.At("spec", "jobTemplate", "spec", "template")),
            Cell.Images(item.At("spec", "jobTemplate", "spec", "template")),
            Cell.Selector(item.At("spec", "jobTemplate", "spec", "selector")),
        ]);

    private static string Status(JsonObject job)
    {
        var conditions = job.Items("status", "conditions").Where(condition => condition.Text("status") == "True")
            .Select(condition => condition.Text("type")).ToHashSet();
        if (!conditions.Overlaps(["Complete", "Failed"]) && job.At("metadata", "deletionTimestamp") is not null)
        {
            return "Terminating";
        }

        return _statuses.FirstOrDefault(conditions.Contains, "Running");
    }

    private static string Completions(JsonObject job)
    {
        var succeeded = job.Number("status", "succeeded");
        if (job.At("spec", "completions") is not null)
        {
            return $"{succeeded}/{job.Number("spec", "completions")}";
        }

        var parallelism = job.Number("spec", "parallelism");
        return parallelism > 1 ? $"{succeeded}/1 of {parallelism}" : $"{succeeded}/1";
    }

    private static string Duration(JsonObject job, DateTimeOffset now) => job.Time("status", "startTime") is { } start
        ? Age.Format((job.Time("status", "completionTime") ?? now) - start)
        : "";
}
