using System.Diagnostics;
using System.Text;

namespace Harness.Simulator.Ec2.Tests.Wire;

/// <summary>Runs an AWS client that no one here wrote (Debian's boto3 or awscli) against an emulated EC2.</summary>
internal static class Peer
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(5);

    /// <summary>Runs a program with credentials and endpoint in its environment; gives its exit code and both outputs.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(Uri endpoint, string program, params string[] arguments)
    {
        using var safety = new CancellationTokenSource(SafetyNet);
        using var process = new Process { StartInfo = StartInfo(endpoint, program, arguments) };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync(safety.Token);
        var error = process.StandardError.ReadToEndAsync(safety.Token);
        try
        {
            await process.WaitForExitAsync(safety.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {SafetyNet}.");
        }
    }

    private static ProcessStartInfo StartInfo(Uri endpoint, string program, string[] arguments)
    {
        var home = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "peer-home")).FullName;
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        info.Environment["HOME"] = home;
        info.Environment["AWS_ACCESS_KEY_ID"] = "AKIDTEST";
        info.Environment["AWS_SECRET_ACCESS_KEY"] = "not-a-secret";
        info.Environment["AWS_DEFAULT_REGION"] = "us-west-2";
        info.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        info.Environment["AWS_PAGER"] = "";
        info.Environment["AWS_MAX_ATTEMPTS"] = "1";
        info.Environment["EC2_ENDPOINT"] = endpoint.ToString();
        return info;
    }
}
