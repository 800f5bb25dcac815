namespace Harness.Kubernetes.Objects.Resource;

/// <summary>The message of an amount: its text. See <see cref="ResourceAmount"/> for its value.</summary>
public sealed partial class Quantity
{
    /// <summary>A message with the canonical form of a text.</summary>
    /// <exception cref="FormatException">The text is no amount.</exception>
    public static Quantity Of(string text) =>
        AmountText.TryParse(text, out _, out var canonical) is { } wrong
            ? throw new FormatException($"\"{text}\": {wrong}")
            : new Quantity { String = canonical };

    /// <summary>The value; an empty message is zero.</summary>
    /// <exception cref="FormatException">The message holds no amount.</exception>
    public ResourceAmount ToAmount() => String.Length == 0 ? ResourceAmount.Zero : ResourceAmount.Parse(String);
}
