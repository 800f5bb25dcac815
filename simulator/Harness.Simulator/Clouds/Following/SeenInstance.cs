using System.Net;

namespace Harness.Simulator.Clouds.Following;

/// <summary>One instance as a list of EC2's told it. A value.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Power">What its state means for its machine.</param>
/// <param name="Address">Its private address; null where EC2 tells none (any more).</param>
internal sealed record SeenInstance(string InstanceId, SeenPower Power, IPAddress? Address);
