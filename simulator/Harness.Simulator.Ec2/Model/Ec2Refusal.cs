using System.Net;

namespace Harness.Simulator.Ec2.Model;

/// <summary>
/// How an operation breaks off: an error code and message in EC2's words. Thrown by operations and what they call, caught by
/// <see cref="Ec2Model"/> alone, which drops the step's changes and answers with it.
/// </summary>
internal sealed class Ec2Refusal(string code, string message, HttpStatusCode status = HttpStatusCode.BadRequest) : Exception(message)
{
    public string Code { get; } = code;

    public HttpStatusCode Status { get; } = status;
}
