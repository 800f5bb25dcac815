using Harness.Provider.Host;

return await CommandLine.Build().Parse(args).InvokeAsync();
