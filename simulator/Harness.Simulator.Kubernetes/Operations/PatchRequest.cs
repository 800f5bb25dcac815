using Harness.Simulator.Kubernetes.Patching;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>A patch and how strictly the fields of its result are looked at.</summary>
internal sealed record PatchRequest(PatchType Type, ReadOnlyMemory<byte> Body, FieldValidation Validation = FieldValidation.Warn);
