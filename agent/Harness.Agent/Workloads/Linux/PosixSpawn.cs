using System.Runtime.InteropServices;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Starts a program as a direct child, in a session of its own, with default signals, an empty signal mask, the given streams, and no
/// other descriptor. Thread-safe.
/// </summary>
internal static unsafe class PosixSpawn
{
    // Larger than glibc's structs on every architecture.
    private const int StructBytes = 1024;
    private const short SetSignalDefault = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;
    private const int ReadWrite = 2;

    /// <summary>Returns 0, or the errno of the step that failed (exec included).</summary>
    public static int Start(SpawnRequest request, SpawnStreams streams, out int pid)
    {
        var actions = stackalloc byte[StructBytes];
        var attributes = stackalloc byte[StructBytes];
        _ = LibC.ActionsInit(actions);
        _ = LibC.AttributesInit(attributes);
        try
        {
            FillActions(actions, request.WorkingDirectory, streams);
            FillAttributes(attributes);
            return Spawn(request, actions, attributes, out pid);
        }
        finally
        {
            _ = LibC.ActionsDestroy(actions);
            _ = LibC.AttributesDestroy(attributes);
        }
    }

    private static void FillActions(byte* actions, string workingDirectory, SpawnStreams streams)
    {
        if (streams.Terminal is { } terminal)
        {
            // The first terminal that the leader of a new session opens becomes the session's controlling one.
            _ = LibC.ActionsOpen(actions, 0, terminal, ReadWrite, 0);
        }
        else if (streams.Stdin >= 0)
        {
            _ = LibC.ActionsDup2(actions, streams.Stdin, 0);
        }
        else
        {
            _ = LibC.ActionsOpen(actions, 0, "/dev/null", 0, 0);
        }

        _ = LibC.ActionsDup2(actions, streams.Terminal is null ? streams.Stdout : 0, 1);
        _ = LibC.ActionsDup2(actions, streams.Terminal is null ? streams.Stderr : 0, 2);
        _ = LibC.ActionsCloseFrom(actions, 3);
        _ = LibC.ActionsChangeDirectory(actions, workingDirectory);
    }

    private static void FillAttributes(byte* attributes)
    {
        var signals = stackalloc byte[128];
        _ = LibC.AttributesSetFlags(attributes, SetSession | SetSignalDefault | SetSignalMask);
        _ = LibC.SignalFill(signals);
        _ = LibC.AttributesSetSignalDefault(attributes, signals);
        _ = LibC.SignalEmpty(signals);
        _ = LibC.AttributesSetSignalMask(attributes, signals);
    }

    private static int Spawn(SpawnRequest request, byte* actions, byte* attributes, out int pid)
    {
        var arguments = ToNative(request.Arguments);
        var environment = ToNative(request.Environment);
        try
        {
            return LibC.Spawn(out pid, request.Program, actions, attributes, arguments, environment);
        }
        finally
        {
            Free(arguments);
            Free(environment);
        }
    }

    private static byte** ToNative(IReadOnlyList<string> strings)
    {
        var native = (byte**)NativeMemory.Alloc((nuint)(strings.Count + 1), (nuint)sizeof(byte*));
        for (var index = 0; index < strings.Count; index++)
        {
            native[index] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[index]);
        }

        native[strings.Count] = null;
        return native;
    }

    private static void Free(byte** native)
    {
        for (var item = native; *item is not null; item++)
        {
            Marshal.FreeCoTaskMem((nint)(*item));
        }

        NativeMemory.Free(native);
    }
}
