namespace Harness.Agent.Applications;

/// <summary>Names one run of one container of one pod. Run counts from 0 and equals the restart count.</summary>
internal readonly record struct WorkloadKey(string PodUid, string Container, int Run)
{
    public override string ToString() => $"{PodUid}/{Container}/{Run}";
}
