namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>What a list request asks for. An absent text is empty.</summary>
internal sealed record ListQuery(ObjectSelection Selection, int Limit = 0, string Continue = "", string ResourceVersion = "", string Match = "");
