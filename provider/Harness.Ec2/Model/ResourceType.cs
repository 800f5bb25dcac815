namespace Harness.Ec2.Model;

/// <summary>The kinds of resources that a <see cref="TagSpecification"/> names.</summary>
public static class ResourceType
{
    public const string Instance = "instance";
    public const string NetworkInterface = "network-interface";
    public const string Volume = "volume";
}
