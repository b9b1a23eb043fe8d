namespace C10k.CommandLine;

/// <summary>Something asked for on the command line cannot be. The message is one line that names it and says what is possible; exit code 2.</summary>
public sealed class UsageException(string message) : Exception(message);
