using System.Globalization;

namespace Harness.Agent.Tests.Support;

/// <summary>What /proc tells of workloads, read without the agent's own code.</summary>
internal static class Processes
{
    /// <summary>Processes, zombies apart, that carry the UID of that test pod in their environment.</summary>
    public static List<int> OfPod(string name)
    {
        var marker = "VKVM_POD_UID=" + TestPod.Uid(name);
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(folder => int.TryParse(folder, out _))
            .Select(folder => int.Parse(folder!, CultureInfo.InvariantCulture))
            .Where(pid => Environment(pid).Contains(marker))];
    }

    public static string[] Environment(int pid) => Read(pid, "environ").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Parent, process group and session.</summary>
    public static (int Parent, int Group, int Session) Relations(int pid)
    {
        var stat = Read(pid, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[1]), Number(fields[2]), Number(fields[3]));
    }

    public static string[] Descriptors(int pid) => [.. Directory.GetFileSystemEntries($"/proc/{pid}/fd").Select(path => Path.GetFileName(path)).Order()];

    public static bool Exists(int pid) => Read(pid, "stat") is { Length: > 0 } stat && stat[stat.LastIndexOf(')') + 2] != 'Z';

    public static async Task KillAsync(int pid)
    {
        using var kill = System.Diagnostics.Process.Start("kill", ["-KILL", pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await WaitGoneAsync(pid);
    }

    /// <summary>Waits until a process that is not our child has gone.</summary>
    public static async Task WaitGoneAsync(int pid)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (Exists(pid))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
