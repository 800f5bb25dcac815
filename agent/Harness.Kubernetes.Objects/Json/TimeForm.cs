using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>Moments (Time, MicroTime) as RFC 3339 in UTC; the zero time is null.</summary>
internal sealed class TimeForm(MessageDescriptor message, TimeLayout layout) : ValueForm
{
    private readonly IFieldAccessor _seconds = message.FindFieldByName("seconds").Accessor;
    private readonly IFieldAccessor _nanos = message.FindFieldByName("nanos").Accessor;

    public override string GoType => "string";

    public override object Zero() => message.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);

    public override bool IsZero(object value) => Moments.IsZero(Seconds(value), Nanos(value), IsSet(value));

    public override void Write(JsonOutput output, object value)
    {
        if (IsZero(value))
        {
            output.Writer.WriteNullValue();
            return;
        }

        var moment = Moments.ToDateTimeOffset(Seconds(value), Nanos(value));
        output.Writer.WriteStringValue(moment.ToString(layout.Format, CultureInfo.InvariantCulture));
    }

    public override object Read(ref JsonInput input)
    {
        if (input.Reader.TokenType != JsonTokenType.String)
        {
            throw input.Mismatch(GoType);
        }

        if (TimeText.TryParse(input.Reader.GetString()!, layout, out var moment) is { } wrong)
        {
            throw input.Invalid(wrong);
        }

        var value = (IMessage)Zero();
        if (moment != DateTimeOffset.MinValue)
        {
            _seconds.SetValue(value, moment.ToUnixTimeSeconds());
            _nanos.SetValue(value, layout.Fraction is null ? 0 : Moments.MicrosecondsAsNanos(moment));
        }

        return value;
    }

    private bool IsSet(object value) => _seconds.HasValue((IMessage)value) || _nanos.HasValue((IMessage)value);

    private long Seconds(object value) => (long)_seconds.GetValue((IMessage)value);

    private int Nanos(object value) => (int)_nanos.GetValue((IMessage)value);
}
