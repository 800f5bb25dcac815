using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Harness.Ec2.Pipeline;

/// <summary>
/// Stands inside the SDK's retries and notes each attempt whose outcome is not known: a later attempt's refusal says nothing about
/// what an earlier one may have done. Stateless; the note stays with the call.
/// </summary>
internal sealed class Ec2AttemptHandler : PipelineHandler
{
    private const string Key = "Harness.Ec2.HadUnknownAttempt";

    public static bool HadUnknownAttempt(IExecutionContext executionContext) =>
        executionContext.RequestContext.ContextAttributes.ContainsKey(Key);

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            return await base.InvokeAsync<T>(executionContext);
        }
        catch (Exception exception) when (Ec2ErrorClassifier.Classify(exception) == Ec2ErrorKind.Unknown)
        {
            executionContext.RequestContext.ContextAttributes[Key] = true;
            throw;
        }
    }
}
