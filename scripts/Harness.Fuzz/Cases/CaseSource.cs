using Harness.Fuzz.Wire;

namespace Harness.Fuzz.Cases;

/// <summary>Makes cases from a seed: the same seed, the same cases. Thread-safe; their order among workers is the scheduler's.</summary>
internal sealed class CaseSource(int seed)
{
    private int _next;

    public FuzzCase Next() => Make(Interlocked.Increment(ref _next));

    /// <summary>The case with this number, whatever came before.</summary>
    public FuzzCase Make(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var (kind, pieces) = random.Next(7) switch
        {
            0 => ("noise", Noise(random)),
            1 => ("frames", RandomFrames.Make(random)),
            2 => ("mutated frames", RandomFrames.Mutate(GoodSession(random), random)),
            3 => ("headers", RandomHeaders.Make(random)),
            4 => ("gRPC frames", RandomMessages.BrokenFraming(random)),
            5 => ("protobuf", RandomMessages.BrokenContent(random)),
            _ => ("cut off", Cut(GoodSession(random), random)),
        };
        return new FuzzCase(number, kind, pieces, IsReset: random.Next(4) == 0);
    }

    private static List<byte[]> Noise(Random random)
    {
        var noise = new byte[random.Next(1, 4096)];
        random.NextBytes(noise);
        return random.Next(2) == 0 ? [noise] : [FrameBytes.Preface.ToArray(), noise];
    }

    /// <summary>A connection that does what it should: some calls, each with a message.</summary>
    private static List<byte[]> GoodSession(Random random)
    {
        var pieces = new List<byte[]> { FrameBytes.Opening() };
        for (int index = 0, stream = 1; index < random.Next(1, 6); index++, stream += 2)
        {
            pieces.Add(FrameBytes.Call(stream, Methods.Any(random)));
            pieces.Add(FrameBytes.Frame(FrameBytes.Data, FrameBytes.EndStream, stream, FrameBytes.Message(RandomMessages.Protobuf(random, depth: 3))));
        }

        return pieces;
    }

    private static List<byte[]> Cut(List<byte[]> session, Random random)
    {
        var kept = session[..random.Next(1, session.Count + 1)];
        kept[^1] = kept[^1][..random.Next(kept[^1].Length)];
        return kept;
    }
}
