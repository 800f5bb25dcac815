using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Catalogue;

/// <summary>DescribeKeyPairs; not paged, as on EC2. Pure.</summary>
internal static class DescribeKeyPairs
{
    private static readonly FilterTable<KeyPair> Filters = new(
        new Dictionary<string, FilterValues<KeyPair>>(StringComparer.Ordinal)
        {
            ["key-name"] = (_, key) => [key.KeyName],
            ["key-pair-id"] = (_, key) => [key.KeyPairId],
            ["fingerprint"] = (_, key) => [key.KeyFingerprint],
        },
        key => key.KeyPairId);

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        parameters.Accept("IncludePublicKey");
        var (names, ids) = (parameters.List("KeyName"), parameters.List("KeyPairId"));
        var named = names.Select(name => ByName(transaction.World, name)).Concat(ids.Select(id => ById(transaction.World, id))).Distinct();
        var keys = names.Count + ids.Count > 0 ? named : transaction.World.KeyPairs;
        return [Set("keySet", Filters.Select(transaction.State, parameters, keys), key => Of(transaction.State, key))];
    }

    private static KeyPair ByName(SeedWorld world, string name) =>
        world.KeyPairs.FirstOrDefault(key => key.KeyName == name) ?? throw Refusals.KeyPairNotFound(name);

    private static KeyPair ById(SeedWorld world, string id) =>
        world.KeyPairs.FirstOrDefault(key => key.KeyPairId == id)
        ?? throw new Ec2Refusal("InvalidKeyPair.NotFound", $"The keyPair ID '{id}' does not exist");

    private static IEnumerable<object?> Of(Ec2State state, KeyPair key) =>
    [
        Text("keyPairId", key.KeyPairId),
        Text("keyFingerprint", key.KeyFingerprint),
        Text("keyName", key.KeyName),
        Text("keyType", key.KeyType),
        TagSet(state.TagsOf(key.KeyPairId)),
    ];
}
