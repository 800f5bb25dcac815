using System.Collections.Immutable;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Launching;

/// <summary>
/// Builds a workload's whole environment: the defaults, what the container declares (expanded in order), and what identifies the
/// pod, which nothing overrides. HOME is left to the runtime, which knows the container's folder. Lives for one translation.
/// </summary>
internal sealed class EnvironmentTranslator(Pod pod, Refusals refusals)
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public (ImmutableArray<KeyValuePair<string, string>> All, IReadOnlyDictionary<string, string> Declared) Translate(
        Container container, string path)
    {
        var declared = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in container.Env)
        {
            AddVariable(declared, variable, $"{path}.env[{variable.Name}]");
        }

        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = DefaultPath,
            ["HOSTNAME"] = pod.Spec.Hostname.Length > 0 ? pod.Spec.Hostname : pod.Metadata.Name,
        };
        foreach (var (name, value) in declared)
        {
            all[name] = value;
        }

        all[WellKnown.PodUid] = pod.Metadata.Uid;
        all[WellKnown.PodName] = pod.Metadata.Name;
        all[WellKnown.PodNamespace] = pod.Metadata.Namespace;
        all[WellKnown.ContainerName] = container.Name;
        return ([.. all], declared);
    }

    private void AddVariable(Dictionary<string, string> declared, EnvVar variable, string path)
    {
        if (variable.Name.Length == 0 || variable.Name.Contains('=') || variable.Name.Contains('\0') || variable.Value.Contains('\0'))
        {
            refusals.Add(path, "the name is empty or has a '=', or name or value has a NUL character");
        }
        else if (variable.ValueFrom is null)
        {
            declared[variable.Name] = VariableExpansion.Expand(variable.Value, declared);
        }
        else if (variable.ValueFrom.FieldRef is { } fieldRef)
        {
            AddField(declared, variable.Name, fieldRef.FieldPath, path);
        }
        else
        {
            var source = SetFields.Of(variable.ValueFrom).FirstOrDefault() ?? "(empty)";
            refusals.Add($"{path}.valueFrom.{source}", "not supported by this agent; send the value itself");
        }
    }

    private void AddField(Dictionary<string, string> declared, string name, string fieldPath, string path)
    {
        if (DownwardApi.Resolve(pod, fieldPath) is { } value)
        {
            declared[name] = value;
        }
        else
        {
            refusals.Add($"{path}.valueFrom.fieldRef.fieldPath", $"\"{fieldPath}\" is not supported by this agent");
        }
    }
}
