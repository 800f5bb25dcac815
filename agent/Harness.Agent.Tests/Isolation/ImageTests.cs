using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Harness.Agent.Tests.Support;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Testing;

namespace Harness.Agent.Tests.Isolation;

/// <summary>Archives as images, through the real wire.</summary>
public sealed class ImageTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private AgentUnderTest _agent = null!;

    private AgentClient Client => _agent.Client;

    public async Task InitializeAsync() => _agent = await AgentUnderTest.StartAsync();

    public async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Image_Archive_IsTheWorkingDirectory()
    {
        var pod = TestPod.Of("image", new Container { Name = "main", Image = Archive(), Command = { "./run" }, Args = { "$(VKVM_POD_NAME)", "x" } });
        pod.Spec.RestartPolicy = "Never";

        await Client.LaunchAsync(pod);
        await Client.WaitForPhaseAsync("Succeeded");

        Assert.Equal("ran with 2\n", await Client.ReadLogsAsync(new() { Container = "main" }));
    }

    [Theory]
    [InlineData("wrong digest", "ErrImagePull", "its SHA-256 is")]
    [InlineData("no digest", "InvalidImageName", "needs its digest")]
    [InlineData("http", "InvalidImageName", "only https: and file:")]
    [InlineData("missing", "ErrImagePull", "Could not find")]
    public async Task Image_ThatCannotBeHad_TheContainerWaitsAndCanBeTerminated(string what, string reason, string message)
    {
        var archive = Archive();
        var image = what switch
        {
            "wrong digest" => archive[..^1] + (archive[^1] == '0' ? '1' : '0'),
            "no digest" => "https://127.0.0.1:1/image.tar?X-Amz-Signature=secret",
            "http" => "http://127.0.0.1:1/image.tar#sha256=" + new string('0', 64),
            _ => "file:///no/such/image.tar#sha256=" + new string('0', 64),
        };
        await Client.LaunchAsync(TestPod.Of("noimage", new Container { Name = "main", Image = image, Command = { "./run" } }));

        var waiting = (await Client.WatchUntilAsync(status => status.ContainerStatuses is [{ State.Waiting: { } state }] && state.Reason == reason))[^1];

        Assert.Equal("Pending", waiting.Phase);
        Assert.Contains(message, waiting.ContainerStatuses[0].State.Waiting.Message, StringComparison.Ordinal);
        await Client.TerminateAsync();
        await Client.WaitForPhaseAsync("Failed");
    }

    private string Archive()
    {
        var file = Path.Combine(_folder.Path, "image.tar");
        using (var writer = new TarWriter(File.Create(file)))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "run")
            {
                Mode = (UnixFileMode)0b111_101_101, DataStream = new MemoryStream(Encoding.ASCII.GetBytes("#!/bin/sh\necho ran with $#\n")),
            });
        }

        return $"file://{file}#sha256={Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}";
    }
}
