namespace Harness.Simulator.Host;

/// <summary>How the program ends.</summary>
internal static class ExitCode
{
    public const int Good = 0;

    /// <summary>It was tried and failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Something that the machine must offer is missing.</summary>
    public const int Environment = 3;
}
