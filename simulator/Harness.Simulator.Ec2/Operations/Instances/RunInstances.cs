using System.Collections.Immutable;
using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Operations.NetworkInterfaces;
using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>
/// RunInstances, with the idempotency that EC2 documents for it: a token's scope is the zone when the call names one (by subnet, interface
/// or placement), else the region. Pure, within a <see cref="Transaction"/>.
/// </summary>
internal static class RunInstances
{
    private const int LongestToken = 64;

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        var tokenKey = TokenKeyOf(transaction, parameters);
        if (tokenKey is not null && transaction.State.LaunchTokens.TryGetValue(tokenKey, out var token))
        {
            return Replay(transaction, parameters, token);
        }

        var request = LaunchRequest.Read(transaction, parameters);
        var reservationId = transaction.NextId("r");
        var instances = Enumerable.Range(0, CountOf(transaction, request))
            .Select(index => Launch(transaction, request, reservationId, index, tokenKey)).ToImmutableArray();
        if (tokenKey is not null)
        {
            var made = new LaunchToken(DigestOf(parameters), reservationId, instances);
            transaction.Update(state => state with { LaunchTokens = state.LaunchTokens.SetItem(tokenKey, made) });
        }

        return Answer(transaction, reservationId, instances);
    }

    private static IEnumerable<XElement?> Replay(Transaction transaction, QueryParameters parameters, LaunchToken token)
    {
        if (token.ParametersDigest != DigestOf(parameters))
        {
            throw Refusals.ParameterMismatch();
        }

        foreach (var instanceId in token.InstanceIds)
        {
            transaction.Name(instanceId);
        }

        if (token.InstanceIds.All(id => IsGone(transaction.State, id)))
        {
            throw new Ec2Refusal(
                "IdempotentInstanceTerminated",
                "The client token you have provided is associated with a terminated instance. Please use a different client token.");
        }

        parameters.AcceptAll();
        return Answer(transaction, token.ReservationId, [.. token.InstanceIds.Where(transaction.State.Instances.ContainsKey)]);
    }

    private static bool IsGone(Ec2State state, string instanceId) =>
        !state.Instances.TryGetValue(instanceId, out var instance) || instance.State == InstanceState.Terminated;

    private static string? TokenKeyOf(Transaction transaction, QueryParameters parameters)
    {
        var token = parameters.Text("ClientToken");
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        return token.Length <= LongestToken
            ? $"{ZoneOf(transaction, parameters)}/{token}"
            : throw Refusals.InvalidParameterValue(
                $"Value ({token}) for parameter clientToken is invalid. It must not exceed {LongestToken} characters.");
    }

    /// <summary>The zone that the call names, or nothing.</summary>
    private static string? ZoneOf(Transaction transaction, QueryParameters parameters)
    {
        var interfaces = parameters.Structures("NetworkInterface");
        var first = interfaces.Count > 0 ? interfaces[0] : null;
        if (first?.Text("NetworkInterfaceId") is { } interfaceId)
        {
            return transaction.State.NetworkInterfaces.GetValueOrDefault(interfaceId)?.AvailabilityZone;
        }

        var subnetId = parameters.Text("SubnetId") ?? first?.Text("SubnetId");
        return transaction.World.Subnets.FirstOrDefault(subnet => subnet.SubnetId == subnetId)?.AvailabilityZone
            ?? parameters.Structure("Placement").Text("AvailabilityZone");
    }

    private static string DigestOf(QueryParameters parameters) => parameters.Digest("ClientToken", "DryRun", "Placement.AvailabilityZone");

    /// <summary>As many as the subnet has addresses for, up to MaxCount; fewer than MinCount is refused when addresses run out.</summary>
    private static int CountOf(Transaction transaction, LaunchRequest request)
    {
        if (request.MaxCount == request.MinCount)
        {
            return request.MaxCount;
        }

        var free = AddressPool.FreeBySubnet(transaction.State)[request.Subnet.SubnetId];
        return (int)Math.Max(request.MinCount, Math.Min(request.MaxCount, free));
    }

    private static string Launch(Transaction transaction, LaunchRequest request, string reservationId, int index, string? tokenKey)
    {
        var instanceId = transaction.NextId("i");
        var volume = new RootVolume(
            transaction.NextId("vol"), request.Image.RootDeviceName, request.RootVolume.SizeGiB,
            request.RootVolume.DeleteOnTermination, transaction.Now);
        var interfaces = request.Interfaces.Select(wanted => Attach(transaction, request, wanted, instanceId)).ToImmutableArray();
        var profile = request.Profile is null
            ? null
            : new ProfileAssociation(transaction.NextId("iip-assoc"), request.Profile, transaction.Now);
        var instance = new Instance
        {
            InstanceId = instanceId,
            ReservationId = reservationId,
            LaunchIndex = index,
            InstanceType = request.Type.Name,
            ImageId = request.Image.ImageId,
            Architecture = request.Image.Architecture,
            KeyName = request.KeyName,
            AvailabilityZone = request.Subnet.AvailabilityZone,
            SubnetId = request.Subnet.SubnetId,
            VpcId = request.Subnet.VpcId,
            UserDataBase64 = request.UserDataBase64,
            ClientToken = request.ClientToken,
            TokenKey = tokenKey,
            Profile = profile,
            MetadataOptions = request.MetadataOptions,
            DisableApiTermination = request.DisableApiTermination,
            TerminatesOnShutdown = request.TerminatesOnShutdown,
            EbsOptimized = request.EbsOptimized,
            DetailedMonitoring = request.DetailedMonitoring,
            Tenancy = request.Tenancy,
            RootVolume = volume,
            NetworkInterfaceIds = interfaces,
            LaunchTime = transaction.Now,
        };
        InstanceLifecycle.BeginBoot(transaction, instance);
        request.Tags.Apply(transaction, "instance", instanceId);
        request.Tags.Apply(transaction, "volume", volume.VolumeId);
        return instanceId;
    }

    private static string Attach(Transaction transaction, LaunchRequest request, InterfaceRequest wanted, string instanceId)
    {
        var id = EniAttachments.Attach(transaction, wanted, instanceId);
        if (wanted.ExistingId is null)
        {
            request.Tags.Apply(transaction, "network-interface", id);
        }

        return id;
    }

    private static IEnumerable<XElement?> Answer(Transaction transaction, string reservationId, ImmutableArray<string> instanceIds)
    {
        var instances = instanceIds.Select(id => transaction.State.Instances[id]).ToList();
        return InstanceXml.Reservation(transaction.State, reservationId, instances).Cast<XElement?>();
    }
}
