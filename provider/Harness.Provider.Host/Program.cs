using System.CommandLine;
using Harness.Provider.Host;

const int Usage = 2;

var command = CommandLine.Build().Parse(args);
var exitCode = await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
return command.Errors.Count > 0 ? Usage : exitCode;
