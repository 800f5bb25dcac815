namespace Harness.Agent.Volumes;

/// <summary>What is held of one volume, without contents.</summary>
internal sealed record InputRevision(string Volume, string Revision, bool Secret, uint FileCount, ulong ContentBytes);
