namespace C10k.Contract;

/// <summary>What the exit codes of the Servers, LoadGen and Harness executables mean.</summary>
public static class ExitCode
{
    /// <summary>All went as it should.</summary>
    public const int Success = 0;

    /// <summary>It ran, and something failed: a case, a connection, a reply.</summary>
    public const int Failure = 1;

    /// <summary>The arguments were wrong; nothing was started.</summary>
    public const int WrongArguments = 2;

    /// <summary>The port is in use (Servers only).</summary>
    public const int PortInUse = 3;

    /// <summary>This machine lacks what the model needs (Servers only).</summary>
    public const int Unavailable = 4;

    /// <summary>Ended by Ctrl-C or SIGTERM before all was done (Harness and LoadGen).</summary>
    public const int Interrupted = 130;
}
