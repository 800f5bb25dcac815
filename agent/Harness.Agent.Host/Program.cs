using Harness.Agent.Host;

return await CommandLine.Build().RunAsync(args);
