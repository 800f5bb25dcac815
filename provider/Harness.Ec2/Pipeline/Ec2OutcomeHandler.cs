using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Harness.Ec2.Model;

namespace Harness.Ec2.Pipeline;

/// <summary>
/// Stands around the SDK's retries and turns every failure into one <see cref="Ec2Exception"/> that covers all attempts. The
/// caller's own cancellation passes through. Stateless.
/// </summary>
internal sealed class Ec2OutcomeHandler : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var context = executionContext.RequestContext;
        try
        {
            return await base.InvokeAsync<T>(executionContext);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Ec2Exception exception)
        {
            if (Ec2AttemptHandler.HadUnknownAttempt(executionContext))
            {
                exception.Kind = Ec2ErrorKind.Unknown;
            }

            throw;
        }
        catch (Exception exception)
        {
            var operation = ((AmazonEC2Request)context.OriginalRequest).Operation;
            var kind = Ec2AttemptHandler.HadUnknownAttempt(executionContext) ? Ec2ErrorKind.Unknown : Ec2ErrorClassifier.Classify(exception);
            throw new Ec2Exception(operation, Describe(operation, context, exception), kind, exception);
        }
    }

    private static string Describe(string operation, IRequestContext context, Exception exception)
    {
        var endpoint = context.Request?.Endpoint?.ToString() ?? "EC2";
        return $"{operation}: no answer from {endpoint} after {context.Retries + 1} attempt(s): {exception.Message}";
    }
}
