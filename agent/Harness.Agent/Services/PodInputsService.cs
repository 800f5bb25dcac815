using System.Buffers;
using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Hosting;
using Harness.Agent.Volumes;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Services;

/// <summary>vkvmagent.v1.PodInputs: gathers one volume's files, checks them, and puts them in place at once. Thread-safe.</summary>
internal sealed partial class PodInputsService(ApplicationRunner runner, VolumeInputs inputs, ILogger<PodInputsService> logger)
    : PodInputs.PodInputsBase
{
    /// <summary>A config map or secret has 1 MiB at most; a projected volume several of them.</summary>
    public const ulong MaximumBytes = 16 * 1024 * 1024;

    public const uint MaximumFiles = 4096;

    private const int MaximumRevisionBytes = 256;
    private readonly Lock _commit = new();

    public override async Task<PutVolumeResponse> PutVolume(IAsyncStreamReader<PutVolumeRequest> requestStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.Header is not { } header)
        {
            throw Refused(StatusCode.InvalidArgument, "the first message has no header");
        }

        CheckHeader(header);
        CheckPod(header);
        var files = await ReadFilesAsync(requestStream, header, context.CancellationToken);
        lock (_commit)
        {
            CheckPod(header);
            return new PutVolumeResponse { Changed = Commit(header, files) };
        }
    }

    public override Task<ListVolumesResponse> ListVolumes(ListVolumesRequest request, ServerCallContext context)
    {
        var uid = inputs.PodUid;
        var response = new ListVolumesResponse { PodUid = uid };
        if (request.PodUid.Length == 0 || request.PodUid == uid)
        {
            response.Volumes.AddRange(inputs.List(uid).Select(volume => new VolumeRevision
            {
                Volume = volume.Volume, Revision = volume.Revision, FileCount = volume.FileCount, ContentBytes = volume.ContentBytes,
            }));
        }

        return Task.FromResult(response);
    }

    private static RpcException Refused(StatusCode code, string detail) => new(new Status(code, detail));

    private static void CheckHeader(VolumeHeader header)
    {
        if (!IsName(header.PodUid, 128) || !IsName(header.Volume, 63))
        {
            throw Refused(StatusCode.InvalidArgument, "pod_uid and volume: needed; letters, digits, '-', '_' and '.'");
        }

        if (header.Revision.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(header.Revision) > MaximumRevisionBytes)
        {
            throw Refused(StatusCode.InvalidArgument, $"revision: needed, at most {MaximumRevisionBytes} bytes");
        }

        if (header.FileCount > MaximumFiles || header.ContentBytes > MaximumBytes)
        {
            throw Refused(StatusCode.ResourceExhausted, $"a volume may have {MaximumFiles} files and {MaximumBytes} bytes");
        }
    }

    private static bool IsName(string text, int length) =>
        text.Length > 0 && text.Length <= length && text[0] != '.' && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    private static async Task<List<VolumeFileContent>> ReadFilesAsync(
        IAsyncStreamReader<PutVolumeRequest> requests, VolumeHeader header, CancellationToken cancellationToken)
    {
        var files = new List<VolumeFileContent>();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var content = new ArrayBufferWriter<byte>();
        VolumeFile? open = null;
        ulong bytes = 0;
        while (await requests.MoveNext(cancellationToken))
        {
            var part = requests.Current;
            var data = part.PartCase == PutVolumeRequest.PartOneofCase.File ? part.File.Content
                : part.PartCase == PutVolumeRequest.PartOneofCase.More && open is not null ? part.More
                : throw Refused(StatusCode.InvalidArgument, "a header comes first and once, more content behind a file");
            bytes += (ulong)data.Length;
            if (bytes > header.ContentBytes || files.Count > header.FileCount)
            {
                throw Refused(StatusCode.InvalidArgument, "there is more than the header says");
            }

            if (part.PartCase == PutVolumeRequest.PartOneofCase.File)
            {
                Close(open, content, files);
                open = part.File;
                if (!VolumePath.IsAllowed(open.Path) || !paths.Add(open.Path) || open.Mode > 0x1ff)
                {
                    throw Refused(StatusCode.InvalidArgument, $"file {open.Path}: the path is not allowed or there twice, or the mode is above 0777");
                }
            }

            content.Write(data.Span);
        }

        Close(open, content, files);
        return (uint)files.Count == header.FileCount && bytes == header.ContentBytes && !VolumePath.Collide(paths)
            ? files
            : throw Refused(StatusCode.InvalidArgument, $"the header says {header.FileCount} files and {header.ContentBytes} bytes, {files.Count} and {bytes} came; or a file is another's folder");
    }

    private static void Close(VolumeFile? file, ArrayBufferWriter<byte> content, List<VolumeFileContent> files)
    {
        if (file is not null)
        {
            const int DefaultMode = 0b110_100_100;
            files.Add(new VolumeFileContent(file.Path, (UnixFileMode)(file.Mode == 0 ? DefaultMode : (int)file.Mode), content.WrittenSpan.ToArray()));
            content.ResetWrittenCount();
        }
    }

    /// <summary>The pod that runs, or any other while none does.</summary>
    private void CheckPod(VolumeHeader header)
    {
        var state = runner.State;
        if (state.EndedUids.Contains(header.PodUid))
        {
            throw Refused(StatusCode.FailedPrecondition, $"pod {header.PodUid} has ended");
        }

        if (!state.IsActive)
        {
            return;
        }

        if (state.Spec!.Uid != header.PodUid)
        {
            throw Refused(StatusCode.AlreadyExists, $"pod {state.Spec.Uid} is active on this agent");
        }

        if (!state.Spec.Surroundings.Volumes.Any(volume => volume.Name == header.Volume && volume.Kind == Applications.VolumeKind.Input))
        {
            throw Refused(StatusCode.InvalidArgument, $"the pod has no volume {header.Volume} that takes files");
        }
    }

    private bool Commit(VolumeHeader header, List<VolumeFileContent> files)
    {
        var held = inputs.List(header.PodUid).FirstOrDefault(volume => volume.Volume == header.Volume);
        if (held?.Revision == header.Revision)
        {
            return false;
        }

        if (header.HasIfRevision && header.IfRevision != (held?.Revision ?? ""))
        {
            throw Refused(StatusCode.Aborted, $"volume {header.Volume} is at another revision");
        }

        try
        {
            var revision = new InputRevision(header.Volume, header.Revision, header.Secret, header.FileCount, header.ContentBytes);
            inputs.Put(header.PodUid, revision, files, runner.State.IsActive ? runner.State.Spec!.Surroundings.FsGroup : null);
            Log.Changed(logger, header.Volume, header.Revision, files.Count);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(StatusCode.ResourceExhausted, $"volume {header.Volume} cannot be written: {exception.Message}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Volume {Volume} is at revision {Revision} with {Count} files")]
        public static partial void Changed(ILogger logger, string volume, string revision, int count);
    }
}
