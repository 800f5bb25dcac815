using Harness.Testing;

namespace Harness.Agent.Tests.Support;

/// <summary>The openssl of this machine: a TLS and PKCS#7 that no one here wrote.</summary>
internal static class OpenSsl
{
    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "openssl")));

    public static Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.OfAsync("openssl", arguments);
}
