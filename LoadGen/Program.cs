using C10k.CommandLine;
using C10k.LoadGen.Modes;

return CommandLineProgram.Run("LoadGen", LoadCommand.Create(), args);
