using Harness.Fuzz.Wire;

namespace Harness.Fuzz.Cases;

/// <summary>HTTP/2 frames that are well cut and make no sense, and good ones with bytes changed.</summary>
internal static class RandomFrames
{
    private const int KnownTypes = 10;

    public static List<byte[]> Make(Random random)
    {
        var pieces = new List<byte[]> { FrameBytes.Opening() };
        for (var count = random.Next(1, 40); count > 0; count--)
        {
            pieces.Add(Frame(random));
        }

        return pieces;
    }

    /// <summary>Flips, drops, repeats and swaps within a session; its preface mostly stays.</summary>
    public static List<byte[]> Mutate(List<byte[]> session, Random random)
    {
        for (var count = random.Next(1, 8); count > 0; count--)
        {
            var index = random.Next(random.Next(10) == 0 ? 0 : 1, session.Count);
            var piece = session[index];
            switch (random.Next(5))
            {
                case 0 when piece.Length > 0:
                    piece[random.Next(piece.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when piece.Length > 0:
                    session[index] = piece[..random.Next(piece.Length)];
                    break;
                case 2:
                    session.Insert(random.Next(1, session.Count + 1), piece);
                    break;
                case 3 when piece.Length > FrameBytes.HeaderBytes:
                    // The header of the frame: length, type, flags, stream.
                    piece[random.Next(FrameBytes.HeaderBytes)] = (byte)random.Next(256);
                    break;
                default:
                    session.Insert(index, Frame(random));
                    break;
            }
        }

        return session;
    }

    private static byte[] Frame(Random random)
    {
        var payload = new byte[random.Next(4) == 0 ? random.Next(0, 20_000) : random.Next(0, 64)];
        random.NextBytes(payload);
        var type = (byte)(random.Next(8) == 0 ? random.Next(256) : random.Next(KnownTypes));
        var stream = random.Next(4) switch { 0 => 0, 1 => random.Next(), _ => (2 * random.Next(5)) + 1 };
        return FrameBytes.Frame(type, (byte)random.Next(256), stream, payload);
    }
}
