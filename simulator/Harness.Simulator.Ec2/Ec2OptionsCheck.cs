namespace Harness.Simulator.Ec2;

/// <summary>Refuses options that contradict themselves, each with one line that says what and where.</summary>
internal static class Ec2OptionsCheck
{
    public static void Throw(Ec2SimulatorOptions options)
    {
        var delays = options.BootDelays.Values.Append(options.BootDelay).Append(options.ShutdownDelay).Append(options.TerminatedRetention);
        if (delays.Any(delay => delay < TimeSpan.Zero))
        {
            throw new ArgumentException("A delay of the emulated EC2 is negative; 0 is the least.", nameof(options));
        }

        if (options.DefaultPageSize < 1 || options.CallLogCapacity < 1)
        {
            throw new ArgumentException("DefaultPageSize and CallLogCapacity of the emulated EC2 are at least 1.", nameof(options));
        }

        var known = options.World.InstanceTypes.Select(type => type.Name);
        var unknown = options.BootDelays.Keys.Except(known, StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
        {
            throw new ArgumentException(
                $"BootDelays names the instance type '{unknown}', which the emulated EC2 does not have.", nameof(options));
        }

        var stray = options.World.Subnets.FirstOrDefault(subnet => options.World.Vpcs.All(vpc => vpc.VpcId != subnet.VpcId));
        if (stray is not null)
        {
            throw new ArgumentException($"Subnet {stray.SubnetId} names the VPC {stray.VpcId}, which is not there.", nameof(options));
        }
    }
}
