using System.Net;
using Amazon.Runtime;

namespace Harness.Ec2;

/// <summary>
/// A failed EC2 call: EC2's refusal (<see cref="AmazonServiceException.ErrorCode"/>, message, request id), or the failure to get an answer.
/// <see cref="Kind"/> says what that means; it looks at all attempts of the call, so one attempt without an answer makes it Unknown.
/// </summary>
public sealed class Ec2Exception : AmazonServiceException
{
    public Ec2Exception(string operation, string message, Ec2ErrorKind kind, Exception? innerException = null)
        : base(message, innerException)
    {
        Operation = operation;
        Kind = kind;
    }

    public Ec2Exception(string operation, string message, string? errorCode, string? requestId, HttpStatusCode statusCode, Exception? innerException)
        : base(message, innerException, (int)statusCode >= 500 ? ErrorType.Receiver : ErrorType.Sender, errorCode ?? "", requestId ?? "", statusCode)
    {
        Operation = operation;
        Kind = Ec2ErrorClassifier.Classify(errorCode, statusCode);
    }

    /// <summary>The operation that failed, such as RunInstances.</summary>
    public string Operation { get; }

    public Ec2ErrorKind Kind { get; internal set; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient => Kind != Ec2ErrorKind.Refused;

    /// <summary>Whether it is certain that the call did nothing.</summary>
    public bool IsDefinite => Kind != Ec2ErrorKind.Unknown;
}
