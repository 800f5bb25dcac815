using Grpc.Wire;

namespace Grpc.Tests.Wire;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text, ~ and all!", "plain text, ~ and all!")]
    [InlineData("100 %", "100 %25")]
    [InlineData("a\nb\tc", "a%0Ab%09c")]
    [InlineData("käputt", "k%C3%A4putt")]
    [InlineData("失敗", "%E5%A4%B1%E6%95%97")]
    [InlineData("\u007f", "%7F")]
    [InlineData("\U0001F600", "%F0%9F%98%80")]
    public void Encode_Text_IsPrintableAsciiAndDecodesToItself(string text, string encoded)
    {
        Assert.Equal(encoded, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(encoded));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("%+1", "%+1")]
    [InlineData("50% off%21", "50% off!")]
    [InlineData("%c3%a4", "ä")]
    [InlineData("%FF", "\uFFFD")]
    public void Decode_MalformedText_KeepsWhatItCannotDecode(string encoded, string text) =>
        Assert.Equal(text, PercentEncoding.Decode(encoded));
}
