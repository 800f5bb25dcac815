using System.Collections.Immutable;
using Harness.Agent.Applications;
using Harness.Agent.Workloads.Linux;

namespace Harness.Agent.Volumes;

/// <summary>
/// The volumes of the current pod on the instance: makes those that begin empty, and says where each of them, or a part of it, is. Called
/// from the application's loop.
/// </summary>
internal sealed class VolumeFolders(StateDirectory directory, VolumeInputs inputs)
{
    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;

    /// <summary>Makes the emptyDirs of a new pod. Throws IOException when there is no room.</summary>
    public void Begin(PodSurroundings pod)
    {
        foreach (var volume in pod.Volumes.Where(volume => volume.Kind == VolumeKind.EmptyDir))
        {
            var folder = directory.VolumeFolder(pod.PodUid, volume.Name);
            Directory.CreateDirectory(folder);
            if (volume.InMemory && !MemoryMounts.TryMount(folder, volume.SizeLimitBytes, "1777"))
            {
                throw new IOException($"volume {volume.Name}: this instance does not let the agent mount memory; remove emptyDir.medium");
            }

            File.SetUnixFileMode(folder, Everyone | (pod.FsGroup is null ? 0 : UnixFileMode.SetGroup));
            if (pod.FsGroup is { } group)
            {
                _ = LibC.Chown(folder, 0, (uint)group);
            }
        }

        foreach (var volume in pod.Volumes.Where(volume => volume.Kind == VolumeKind.Input))
        {
            inputs.GiveTo(pod.PodUid, volume.Name, pod.FsGroup);
        }
    }

    /// <summary>Takes the volumes' files and mounts away. Throws IOException when a mount stays.</summary>
    public void Release()
    {
        directory.UnmountPods();
        inputs.Forget(except: null);
        inputs.UnmountSecrets();
    }

    /// <summary>What a container mounts. Throws IOException for what is not there, or leads out of its volume.</summary>
    public ImmutableArray<ResolvedMount> Resolve(ContainerSpec spec)
    {
        var mounts = ImmutableArray.CreateBuilder<ResolvedMount>();
        foreach (var mount in spec.Mounts)
        {
            var volume = spec.Pod.Volumes.First(candidate => candidate.Name == mount.Volume);
            if (Root(spec.Pod.PodUid, volume) is { } root)
            {
                var source = mount.SubPath.Length == 0 ? root : SubPath(root, mount, volume);
                mounts.Add(new ResolvedMount(source, mount.Path, mount.ReadOnly || volume.Kind == VolumeKind.Input));
            }
        }

        return mounts.ToImmutable();
    }

    /// <summary>Null: the volume is not there and may be missing.</summary>
    private string? Root(string podUid, VolumeSpec volume) => volume.Kind switch
    {
        VolumeKind.EmptyDir => directory.VolumeFolder(podUid, volume.Name),
        VolumeKind.HostPath => HostPaths.Open(volume),
        _ => inputs.FilesOf(podUid, volume.Name) is { } files ? files
            : volume.MayBeMissing ? null
            : throw new IOException($"the files of volume {volume.Name} are gone; send them again (vkvmagent.v1.PodInputs)"),
    };

    private static string SubPath(string root, MountSpec mount, VolumeSpec volume)
    {
        var path = Path.Combine(root, mount.SubPath);
        if (!Path.Exists(path) && volume.Kind != VolumeKind.Input)
        {
            Directory.CreateDirectory(path);
        }

        var real = RealPath.Of(path) ?? throw new IOException($"volume {volume.Name} has no {mount.SubPath}");
        return real == root || real.StartsWith(RealPath.Of(root) + "/", StringComparison.Ordinal)
            ? real
            : throw new IOException($"{mount.SubPath} leads out of volume {volume.Name}");
    }
}
