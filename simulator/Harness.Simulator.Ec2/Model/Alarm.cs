namespace Harness.Simulator.Ec2.Model;

/// <summary>Something that happens by the clock alone, ordered by when.</summary>
internal readonly record struct Alarm(DateTimeOffset Due, AlarmKind Kind, string Key) : IComparable<Alarm>
{
    public int CompareTo(Alarm other)
    {
        var byDue = Due.CompareTo(other.Due);
        var byKind = byDue != 0 ? byDue : Kind.CompareTo(other.Kind);
        return byKind != 0 ? byKind : string.CompareOrdinal(Key, other.Key);
    }

    public static bool operator <(Alarm left, Alarm right) => left.CompareTo(right) < 0;

    public static bool operator >(Alarm left, Alarm right) => left.CompareTo(right) > 0;

    public static bool operator <=(Alarm left, Alarm right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Alarm left, Alarm right) => left.CompareTo(right) >= 0;
}
