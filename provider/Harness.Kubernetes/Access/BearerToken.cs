namespace Harness.Kubernetes.Access;

/// <summary>
/// The token that names the client: a fixed one, or one in a file that others renew (a service account's), which is read again every
/// minute. Thread-safe.
/// </summary>
public sealed class BearerToken
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly string? _path;
    private string _value;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    private BearerToken(string value, string? path)
    {
        _value = value;
        _path = path;
    }

    public static BearerToken Fixed(string value) => new(value, null);

    public static BearerToken FromFile(string path) => new("", path);

    public override string ToString() => _path is null ? "a fixed token" : $"the token in {_path}";

    internal string Read(TimeProvider clock)
    {
        lock (_lock)
        {
            if (_path is not null && clock.GetUtcNow() - _readAt >= Lifetime)
            {
                ReadFileLocked(clock);
            }

            return _value;
        }
    }

    internal string ReadAgain(TimeProvider clock)
    {
        lock (_lock)
        {
            if (_path is not null)
            {
                ReadFileLocked(clock);
            }

            return _value;
        }
    }

    // While the file is being replaced, the token from before still serves.
    private void ReadFileLocked(TimeProvider clock)
    {
        try
        {
            _value = File.ReadAllText(_path!).Trim();
            _readAt = clock.GetUtcNow();
        }
        catch (IOException) when (_value.Length > 0)
        {
        }
    }
}
