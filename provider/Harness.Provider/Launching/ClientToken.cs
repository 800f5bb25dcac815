using System.Security.Cryptography;
using System.Text;

namespace Harness.Provider.Launching;

/// <summary>
/// The idempotency token of an attempt: a hash of the pod's UID and the attempt's number, 64 hexadecimal digits, EC2's limit.
/// Pure: the same after every restart.
/// </summary>
internal static class ClientToken
{
    public static string For(string podUid, int attempt) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{podUid}/{attempt}")));
}
