namespace Harness.Agent.Bootstrap;

/// <summary>How far the one launch of the authenticated endpoint has come.</summary>
internal enum EndpointStage
{
    Waiting,
    Opening,
    Open,
}
