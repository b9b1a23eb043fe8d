using C10k.CommandLine;
using C10k.Harness.CommandLine;

return CommandLineProgram.Run("run-bench", HarnessCommand.Create(), args);
