using System.Globalization;
using System.Text;

namespace Harness.Kubernetes.Wire;

/// <summary>Puts a path and its query together. Parameters without a value are left out. Used once, by one thread.</summary>
internal sealed class RequestPath(string path)
{
    private readonly StringBuilder _text = new(path);
    private bool _hasQuery;

    public RequestPath Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _text.Append(_hasQuery ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _hasQuery = true;
        }

        return this;
    }

    public RequestPath Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public RequestPath Add(string name, bool value) => Add(name, value ? "true" : null);

    public RequestPath Add(ListQuery? query) => query is null ? this : Add("labelSelector", query.LabelSelector)
        .Add("fieldSelector", query.FieldSelector)
        .Add("limit", query.Limit)
        .Add("continue", query.Continue)
        .Add("resourceVersion", query.ResourceVersion)
        .Add("resourceVersionMatch", query.ResourceVersionMatch);

    public RequestPath Add(WatchQuery query) => Add("watch", true)
        .Add("labelSelector", query.LabelSelector)
        .Add("fieldSelector", query.FieldSelector)
        .Add("resourceVersion", query.ResourceVersion)
        .Add("allowWatchBookmarks", query.AllowBookmarks)
        .Add("timeoutSeconds", query.Timeout is { } timeout ? (int)timeout.TotalSeconds : null);

    public RequestPath Add(WriteOptions? options) => options is null ? this : Add("fieldManager", options.FieldManager)
        .Add("fieldValidation", options.FieldValidation)
        .Add("dryRun", options.DryRun ? "All" : null)
        .Add("force", options.Force);

    public override string ToString() => _text.ToString();
}
