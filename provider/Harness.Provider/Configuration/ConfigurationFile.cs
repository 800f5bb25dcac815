using System.Text.Json;

namespace Harness.Provider.Configuration;

/// <summary>
/// Reads the configuration file: the configuration, and what is worth a warning. Throws <see cref="ConfigurationException"/> with one
/// clear line.
/// </summary>
internal sealed record ConfigurationFile(string Path, ProviderConfiguration Configuration, IReadOnlyList<string> Warnings)
{
    public const string DefaultPath = "/etc/config/config.json";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static ConfigurationFile Load(string path)
    {
        try
        {
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigurationException($"{path}: there is no such file; name the configuration with --config FILE.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: the file cannot be read ({exception.Message}); check the path and its permissions.");
        }
    }

    public static ConfigurationFile Parse(string path, ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, Lenient);
            var root = new ConfigurationSection(path, "", document.RootElement);
            var configuration = ProviderConfiguration.Read(root);
            return new ConfigurationFile(path, configuration, [.. Doubts(path, root, configuration)]);
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException(
                $"{path}: line {exception.LineNumber + 1}: this is not JSON; check the commas, quotes and brackets around column {exception.BytePositionInLine + 1}.");
        }
    }

    private static IEnumerable<string> Doubts(string path, ConfigurationSection root, ProviderConfiguration configuration)
    {
        foreach (var key in root.UnknownKeys)
        {
            yield return $"{path}: {key} is not a key that the provider knows; it is ignored.";
        }

        if (configuration.WarmPools.Count > 0)
        {
            yield return $"{path}: WarmPoolConfig is read, but no warm pools are kept; pods launch cold.";
        }
    }
}
