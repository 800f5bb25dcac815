using Harness.Kubernetes.Objects.Certificates.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Identity;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>A request for a certificate says who made it, whatever its sender wrote there.</summary>
internal static class SignedRequests
{
    public static void Note(UserIdentity user, ApiObject draft)
    {
        if (draft is not MessageObject { Message: CertificateSigningRequest { Spec: { } spec } })
        {
            return;
        }

        spec.Username = user.Name;
        spec.Groups.Clear();
        spec.Groups.Add(user.Groups);
        spec.ClearUid();
        if (user.Uid.Length > 0)
        {
            spec.Uid = user.Uid;
        }
    }
}
