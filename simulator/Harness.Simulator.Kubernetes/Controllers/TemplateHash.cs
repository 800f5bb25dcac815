using System.Security.Cryptography;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>The name of a pod template: ten characters that differ when the template does. Pure.</summary>
internal static class TemplateHash
{
    /// <summary>No vowels and nothing that looks like another character, as in generated names.</summary>
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    private const int Length = 10;

    public static string Of(PodTemplateSpec template, int collisions)
    {
        var hash = SHA256.HashData([.. CanonicalBytes(template), .. BitConverter.GetBytes(collisions)]);
        return string.Concat(hash.Take(Length).Select(value => Alphabet[value % Alphabet.Length]));
    }

    private static byte[] CanonicalBytes(PodTemplateSpec template)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true) { Deterministic = true })
        {
            template.WriteTo(output);
        }

        return stream.ToArray();
    }
}
