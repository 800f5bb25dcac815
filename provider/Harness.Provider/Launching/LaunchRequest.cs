using Harness.Ec2.Model;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Launching;

/// <summary>Makes the RunInstances request of an attempt. Pure: the same attempt gives the same request, after a restart too.</summary>
internal static class LaunchRequest
{
    public static RunInstancesRequest For(PodIdentity pod, int attempt, LaunchPlan plan, string userData) => new()
    {
        ImageId = plan.ImageId,
        InstanceType = plan.InstanceType,
        SubnetId = plan.SubnetId,
        SecurityGroupIds = [.. plan.SecurityGroups],
        KeyName = plan.KeyPair,
        IamInstanceProfile = Profile(plan.InstanceProfile),
        MinCount = 1,
        MaxCount = 1,
        ClientToken = ClientToken.For(pod.Uid, attempt),
        UserData = userData,
        MetadataOptions = new InstanceMetadataOptionsRequest { HttpTokens = "required", HttpPutResponseHopLimit = 1, HttpEndpoint = "enabled" },
        TagSpecifications = [new TagSpecification { ResourceType = "instance", Tags = [.. Tags(pod, plan)] }],
    };

    private static IamInstanceProfileSpecification? Profile(string? profile) => profile switch
    {
        null => null,
        _ when profile.StartsWith("arn:", StringComparison.Ordinal) => new IamInstanceProfileSpecification { Arn = profile },
        _ => new IamInstanceProfileSpecification { Name = profile },
    };

    private static IEnumerable<Tag> Tags(PodIdentity pod, LaunchPlan plan)
    {
        if (!plan.Tags.ContainsKey(WellKnown.NameTag))
        {
            yield return new Tag(WellKnown.NameTag, $"{pod.Namespace}/{pod.Name}");
        }

        yield return new Tag(WellKnown.PodUidTag, pod.Uid);
        yield return new Tag(WellKnown.PodNamespaceTag, pod.Namespace);
        yield return new Tag(WellKnown.PodNameTag, pod.Name);
        yield return new Tag(WellKnown.NodeNameTag, pod.NodeName);
        yield return new Tag(WellKnown.ClusterNameTag, pod.ClusterName);
        foreach (var (key, value) in plan.Tags)
        {
            yield return new Tag(key, value);
        }
    }
}
