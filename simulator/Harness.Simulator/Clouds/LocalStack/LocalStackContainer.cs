using System.Net;
using Harness.Simulator.Composition;

namespace Harness.Simulator.Clouds.LocalStack;

/// <summary>
/// One container of LocalStack: made, started, waited for, asked for its log, removed. It carries the owner's label, so that one whose
/// simulator was killed is found again. One owner.
/// </summary>
internal sealed class LocalStackContainer
{
    public const string DefaultImage = "localstack/localstack:4.14.0";
    public const string ImageVariable = "LOCALSTACK_IMAGE";
    public const string TokenVariable = "LOCALSTACK_AUTH_TOKEN";
    public const int Port = 4566;

    private const string OwnerLabel = "harness-simulator";
    private static readonly TimeSpan PullPatience = TimeSpan.FromMinutes(15);

    private readonly DockerCommand _docker;

    private LocalStackContainer(DockerCommand docker, string id, string image)
    {
        _docker = docker;
        Id = id;
        Image = image;
    }

    public string Id { get; }

    public string Image { get; }

    /// <summary>Makes the container, its port published on the address, and does not start it yet.</summary>
    /// <exception cref="SimulatorStartException">The image cannot be had, or docker refused.</exception>
    public static async Task<LocalStackContainer> CreateAsync(
        DockerCommand docker, string owner, IPEndPoint publishOn, Func<string, string?> variable, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var image = variable(ImageVariable) is { Length: > 0 } chosen ? chosen : DefaultImage;
        await GetImageAsync(docker, image, progress, cancellationToken);
        List<string> arguments =
        [
            "create", "--label", $"{OwnerLabel}={owner}",
            "--publish", $"{publishOn.Address}:{(publishOn.Port == 0 ? "" : publishOn.Port)}:{Port}",
            "--env", "SERVICES=ec2,s3,sts,iam",
        ];
        if (variable(TokenVariable) is { Length: > 0 })
        {
            // By name alone: docker reads the value from its environment, so it is on no command line.
            arguments.AddRange(["--env", TokenVariable]);
        }

        var made = await docker.RunAsync([.. arguments, image], cancellationToken);
        return made.ExitCode == 0
            ? new LocalStackContainer(docker, made.Output.Trim(), image)
            : throw new SimulatorStartException($"docker could not make a container of {image}: {made.Complaint}");
    }

    /// <summary>Removes every container of the owner's, running or not, and returns how many that were.</summary>
    public static async Task<int> RemoveAllAsync(DockerCommand docker, string owner, CancellationToken cancellationToken)
    {
        var found = await docker.RunAsync(["ps", "--all", "--quiet", "--no-trunc", "--filter", $"label={OwnerLabel}={owner}"], cancellationToken);
        var ids = found.ExitCode == 0 ? found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
        foreach (var id in ids)
        {
            await RemoveAsync(docker, id, cancellationToken);
        }

        return ids.Length;
    }

    /// <summary>Starts it and returns where its port answers on this machine.</summary>
    /// <exception cref="SimulatorStartException">docker could not start it.</exception>
    public async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        var started = await _docker.RunAsync(["start", Id], cancellationToken);
        if (started.ExitCode != 0)
        {
            throw new SimulatorStartException($"docker could not start a container of {Image}: {started.Complaint}");
        }

        var published = await _docker.RunAsync(["port", Id, $"{Port}/tcp"], cancellationToken);
        var first = published.Output.Split('\n')[0].Trim();
        return published.ExitCode == 0 && IPEndPoint.TryParse(first, out var endpoint)
            ? new Uri($"http://{endpoint}")
            : throw await FailedAsync(
                await IsRunningAsync(cancellationToken) ? $"does not publish port {Port}" : "ended before it was healthy", cancellationToken);
    }

    public async Task<bool> IsRunningAsync(CancellationToken cancellationToken)
    {
        var state = await _docker.RunAsync(["inspect", "--format", "{{.State.Running}}", Id], cancellationToken);
        return state.ExitCode == 0 && state.Output.Trim() == "true";
    }

    /// <summary>Why it is of no use, with the end of its log.</summary>
    public async Task<SimulatorStartException> FailedAsync(string how, CancellationToken cancellationToken)
    {
        var log = await _docker.RunAsync(["logs", "--tail", "20", Id], cancellationToken);
        var text = (log.Output + log.Error).Trim();
        var remedy = text.Contains("license", StringComparison.OrdinalIgnoreCase)
            ? $" Its log speaks of a license: set {TokenVariable}, or name an image that needs none in {ImageVariable}."
            : "";
        return new SimulatorStartException($"The container of {Image} {how}.{remedy} The end of its log:\n{(text.Length > 0 ? text : "(nothing)")}");
    }

    public Task RemoveAsync(CancellationToken cancellationToken) => RemoveAsync(_docker, Id, cancellationToken);

    private static Task RemoveAsync(DockerCommand docker, string id, CancellationToken cancellationToken) =>
        docker.RunAsync(["rm", "--force", "--volumes", id], cancellationToken);

    private static async Task GetImageAsync(DockerCommand docker, string image, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if ((await docker.RunAsync(["image", "inspect", "--format", "{{.Id}}", image], cancellationToken)).ExitCode == 0)
        {
            return;
        }

        progress.Report($"Pulling {image}");
        var pulled = await docker.RunAsync(["pull", "--quiet", image], PullPatience, cancellationToken);
        if (pulled.ExitCode != 0)
        {
            throw new SimulatorStartException($"The image {image} is not here and cannot be pulled: {pulled.Complaint} {ImageVariable} names another.");
        }
    }
}
