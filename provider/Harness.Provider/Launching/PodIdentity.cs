namespace Harness.Provider.Launching;

/// <summary>Whose an instance is: what its tags say. A value.</summary>
internal sealed record PodIdentity(string Uid, string Namespace, string Name, string NodeName, string ClusterName);
