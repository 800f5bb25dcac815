using Google.Protobuf;
using Harness.Agent.Applications;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Hosting.State;

/// <summary>
/// The application on disk, for the next run of the agent: the pod as it was sent, written once, and the state of its life, written before
/// each change takes effect. Each write is complete or not there at all, also after a power cut. Readable by the agent alone
/// (environments may carry secrets). Used by the application's loop.
/// </summary>
internal sealed class ApplicationFiles(StateDirectory directory)
{
    private AgentState? _written;

    /// <summary>A new application. Throws IOException when it cannot be written.</summary>
    public void Begin(Pod pod, ApplicationState state)
    {
        DurableFile.Write(directory.ApplicationFile, pod.ToByteArray());
        Save(state);
    }

    /// <summary>Writes what has changed since the last time, if anything. Throws IOException when it cannot be written.</summary>
    public void Save(ApplicationState state)
    {
        var record = StateWriting.ToRecord(state);
        if (!record.Equals(_written))
        {
            DurableFile.Write(directory.StateFile, record.ToByteArray());
            _written = record;
        }
    }

    /// <summary>
    /// Null: nothing was launched before, or a launch was cut off before it was acknowledged. Throws IOException,
    /// InvalidProtocolBufferException or FormatException for files that cannot be used.
    /// </summary>
    public (Pod Pod, AgentState State)? Load()
    {
        if (!File.Exists(directory.StateFile) || !File.Exists(directory.ApplicationFile))
        {
            return null;
        }

        var state = AgentState.Parser.ParseFrom(File.ReadAllBytes(directory.StateFile));
        if (state.Version > StateWriting.Version)
        {
            throw new FormatException(
                $"{directory.StateFile} has version {state.Version}, this agent knows {StateWriting.Version}; start the agent that wrote it, or remove the file");
        }

        var pod = Pod.Parser.ParseFrom(File.ReadAllBytes(directory.ApplicationFile));
        return pod.Metadata?.Uid == state.PodUid ? (pod, state) : null;
    }
}
