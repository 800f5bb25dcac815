using Harness.Ec2;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Launching;

/// <summary>Sorts the failures of RunInstances into the core's events. Pure.</summary>
internal static class LaunchOutcome
{
    public static PodEvent Of(Ec2Exception exception) => exception.ErrorCode switch
    {
        "IdempotentParameterMismatch" => Refused(LaunchRefusal.TokenUsed, exception),
        "IdempotentInstanceTerminated" => Refused(LaunchRefusal.TokenSpent, exception),
        _ => exception.Kind switch
        {
            Ec2ErrorKind.Refused or Ec2ErrorKind.Capacity => Refused(LaunchRefusal.Definite, exception),
            Ec2ErrorKind.Throttled or Ec2ErrorKind.NotSent => Refused(LaunchRefusal.Throttled, exception),
            _ => new PodEvent.LaunchUnknown(exception.Message),
        },
    };

    private static PodEvent.LaunchRefused Refused(LaunchRefusal refusal, Ec2Exception exception) =>
        new(refusal, string.IsNullOrEmpty(exception.ErrorCode) ? exception.Kind.ToString() : exception.ErrorCode, exception.Message);
}
