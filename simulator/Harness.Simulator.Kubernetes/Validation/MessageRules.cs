using Google.Protobuf;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Rules of a resource whose objects are of one message type.</summary>
internal abstract class MessageRules<T> : ResourceRules where T : class, IMessage<T>
{
    public sealed override void PrepareCreate(ApiObject value) => PrepareCreate(Of(value));

    public sealed override IEnumerable<FieldError> ValidateCreate(ApiObject value) => ValidateCreate(Of(value));

    public sealed override void PrepareUpdate(ApiObject old, ApiObject value) => PrepareUpdate(Of(old), Of(value));

    public sealed override IEnumerable<FieldError> ValidateUpdate(ApiObject old, ApiObject value) => ValidateUpdate(Of(old), Of(value));

    public sealed override void PrepareStatus(ApiObject old, ApiObject value) => PrepareStatus(Of(old), Of(value));

    public sealed override IEnumerable<FieldError> ValidateStatus(ApiObject old, ApiObject value) => ValidateStatus(Of(old), Of(value));

    public sealed override long? GraceSeconds(ApiObject value, long? asked) => GraceSeconds(Of(value), asked);

    protected virtual void PrepareCreate(T value)
    {
    }

    protected virtual IEnumerable<FieldError> ValidateCreate(T value) => [];

    protected virtual void PrepareUpdate(T old, T value)
    {
    }

    protected virtual IEnumerable<FieldError> ValidateUpdate(T old, T value) => ValidateCreate(value);

    protected virtual void PrepareStatus(T old, T value)
    {
    }

    protected virtual IEnumerable<FieldError> ValidateStatus(T old, T value) => [];

    protected virtual long? GraceSeconds(T value, long? asked) => null;

    private static T Of(ApiObject value) => (T)((MessageObject)value).Message;
}
