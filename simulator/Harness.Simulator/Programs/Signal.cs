using System.Runtime.InteropServices;

namespace Harness.Simulator.Programs;

/// <summary>Sends signals to processes that the simulator started. A process that is gone already is no error.</summary>
internal static partial class Signal
{
    private const int Terminate = 15;
    private const int Kill = 9;

    public static void SendTerminate(ProcessIdentity process) => Send(process, Terminate);

    public static void SendKill(ProcessIdentity process) => Send(process, Kill);

    private static void Send(ProcessIdentity process, int signal)
    {
        if (process.IsAlive)
        {
            _ = SendNative(process.Pid, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendNative(int pid, int signal);
}
