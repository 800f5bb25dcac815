namespace Harness.Fuzz.Cases;

/// <summary>What one connection sends, piece by piece, and how it leaves. An immutable value.</summary>
internal sealed record FuzzCase(int Number, string Kind, IReadOnlyList<byte[]> Pieces, bool IsReset)
{
    public int Bytes => Pieces.Sum(piece => piece.Length);
}
