using Harness.Fuzz;

return await FuzzCommand.Build(Console.Out, Console.Error).Parse(args).InvokeAsync();
