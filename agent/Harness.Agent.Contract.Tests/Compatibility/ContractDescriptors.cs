using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Agent.Contract.V0;
using Harness.Agent.Contract.V1;
using Harness.Testing;
using Grpc.Health.V1;

namespace Harness.Agent.Contract.Tests.Compatibility;

/// <summary>The contract's own files as they are built now, and as they were when they were last accepted. Kubernetes' files are not ours to hold.</summary>
internal static class ContractDescriptors
{
    private static readonly FileDescriptor[] Files =
    [
        AgentReflection.Descriptor, HealthReflection.Descriptor, CapabilitiesReflection.Descriptor, CertificateRotationReflection.Descriptor,
        ExecReflection.Descriptor, LogsReflection.Descriptor, NodeNoticesReflection.Descriptor, PodInputsReflection.Descriptor,
        PortForwardReflection.Descriptor, StateSimulationReflection.Descriptor, StatsReflection.Descriptor,
    ];

    public static string Folder => Path.Combine(CheckoutFolder.Root, "agent", "Harness.Agent.Contract");

    public static string BaselinePath => Path.Combine(Folder, "baseline.binpb");

    public static FileDescriptorSet Current()
    {
        var set = new FileDescriptorSet();
        set.File.AddRange(Files.Select(file => FileDescriptorProto.Parser.ParseFrom(file.SerializedData)));
        return set;
    }

    public static FileDescriptorSet Baseline() => FileDescriptorSet.Parser.ParseFrom(File.ReadAllBytes(BaselinePath));

    public static void Accept(FileDescriptorSet set) => File.WriteAllBytes(BaselinePath, set.ToByteArray());
}
