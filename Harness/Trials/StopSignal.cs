namespace C10k.Harness.Trials;

/// <summary>What can be asked for as the end of a server. The numbers are Linux's, see signal(7).</summary>
internal enum StopSignal
{
    SIGHUP = 1,
    SIGINT = 2,
    SIGQUIT = 3,
    SIGKILL = 9,
    SIGUSR1 = 10,
    SIGUSR2 = 12,
    SIGTERM = 15,
    SIGWINCH = 28,
}
