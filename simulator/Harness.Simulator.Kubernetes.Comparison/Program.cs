using Harness.Simulator.Kubernetes.Comparison;

var parsed = CompareCommand.Create().Parse(args);
foreach (var error in parsed.Errors)
{
    await Console.Error.WriteLineAsync($"compare-apis: {error.Message}");
}

return parsed.Errors.Count > 0 ? 2 : await parsed.InvokeAsync();
