using Harness.Kubernetes.Objects.Certificates.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Requests for certificates: what is asked for never changes, and says who is to sign it.</summary>
internal sealed class CertificateRequestRules : MessageRules<CertificateSigningRequest>
{
    protected override IEnumerable<FieldError> ValidateCreate(CertificateSigningRequest value)
    {
        if (value.Spec is not { SignerName.Length: > 0 })
        {
            yield return FieldError.Required("spec.signerName", "signerName must be provided");
        }

        if (value.Spec is null || value.Spec.Usages.Count == 0)
        {
            yield return FieldError.Required("spec.usages", "usages must be provided");
        }
    }

    protected override void PrepareUpdate(CertificateSigningRequest old, CertificateSigningRequest value) => value.Spec = old.Spec?.Clone();
}
