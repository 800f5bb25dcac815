namespace Harness.Kubernetes;

/// <summary>How to write.</summary>
public sealed record WriteOptions
{
    /// <summary>To the status subresource.</summary>
    public static WriteOptions Status { get; } = new() { Subresource = "status" };

    /// <summary>Null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>Who owns the fields; needed for server-side apply. Without it the server takes the user agent's name.</summary>
    public string? FieldManager { get; init; }

    /// <summary><c>Ignore</c>, <c>Warn</c> or <c>Strict</c>; null for the server's default.</summary>
    public string? FieldValidation { get; init; }

    /// <summary>Everything is checked and nothing is kept.</summary>
    public bool DryRun { get; init; }

    /// <summary>Server-side apply: take fields from other owners.</summary>
    public bool Force { get; init; }
}
