using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>Finds instance profiles by name or ARN, or refuses in EC2's words. Pure.</summary>
internal static class ProfileLookup
{
    /// <summary>The profile that IamInstanceProfile.Arn or .Name names, or null when neither is there.</summary>
    public static InstanceProfile? Read(SeedWorld world, QueryParameters structure)
    {
        var (arn, name) = (structure.Text("Arn"), structure.Text("Name"));
        return (arn, name) switch
        {
            (null, null) => null,
            ({ }, { }) =>
                throw Refusals.InvalidParameterCombination(
                    "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'"),
            (null, { }) => world.InstanceProfiles.FirstOrDefault(profile => profile.Name == name)
                ?? throw Refusals.InvalidParameterValue(
                    $"Value ({name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name"),
            _ => world.InstanceProfiles.FirstOrDefault(profile => profile.Arn == arn)
                ?? throw Refusals.InvalidParameterValue(
                    $"Value ({arn}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN"),
        };
    }
}
