using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Operations;

namespace Harness.Simulator.Kubernetes;

/// <summary>What a cluster has before anyone writes to it: its namespaces and roles, and the authority of client certificates for kubelets to find.</summary>
internal static class FirstObjects
{
    public static void Create(ApiOperations operations, string authorityPem)
    {
        var context = new WriteContext(new UserIdentity("system:apiserver", [UserIdentity.Masters]));
        foreach (string name in (string[])[WellKnown.SystemNamespace, WellKnown.PublicNamespace, WellKnown.NodeLeaseNamespace, WellKnown.DefaultNamespace])
        {
            var space = new Namespace { Metadata = new ObjectMeta { Name = name } };
            operations.Writer.Create(context, operations.Registry.For<Namespace>(), "", new MessageObject(space));
        }

        BootstrapRoles.Create(operations, context);
        var authentication = new ConfigMap
        {
            Metadata = new ObjectMeta { Name = WellKnown.AuthenticationConfigMap, Namespace = WellKnown.SystemNamespace },
            Data = { ["client-ca-file"] = authorityPem },
        };
        operations.Writer.Create(context, operations.Registry.For<ConfigMap>(), WellKnown.SystemNamespace, new MessageObject(authentication));
    }
}
