namespace Harness.Fuzz.Cases;

/// <summary>The paths that cases call: those of the agent's contract, and some that are not there.</summary>
internal static class Methods
{
    private static readonly string[] Paths =
    [
        "/vkvmagent.v0.ApplicationLifecycle/LaunchApplication",
        "/vkvmagent.v0.ApplicationLifecycle/TerminateApplication",
        "/vkvmagent.v0.ApplicationLifecycle/CheckApplicationHealth",
        "/vkvmagent.v0.ApplicationLifecycle/WatchApplicationHealth",
        "/grpc.health.v1.Health/Check",
        "/grpc.health.v1.Health/Watch",
        "/vkvmagent.v1.Logs/ReadLogs",
        "/vkvmagent.v1.Capabilities/GetCapabilities",
        "/vkvmagent.v1.Exec/RunCommand",
        "/vkvmagent.v1.PortForward/ForwardPort",
        "/vkvmagent.v1.PodInputs/PutVolume",
        "/vkvmagent.v1.Stats/GetStats",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/nowhere.Service/Method",
        "/",
        "*",
    ];

    public static string Any(Random random) => Paths[random.Next(Paths.Length)];
}
