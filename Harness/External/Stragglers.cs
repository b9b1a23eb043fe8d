using System.Text;
using C10k.Harness.Collecting;
using C10k.Linux;

namespace C10k.Harness.External;

/// <summary>
/// Ends processes that a server detached from itself: a daemon belongs to no tree and no group of ours, but what we put into the
/// server's environment is still in its own. See proc_pid_environ(5).
/// </summary>
internal static class Stragglers
{
    /// <summary>Kills every process that was started with this variable, written <c>NAME=value</c>.</summary>
    public static void Kill(string variable)
    {
        var wanted = Encoding.UTF8.GetBytes(variable + "\0");
        var reader = new ProcReader();
        var processes = new List<int>();
        ProcReader.TryListProcesses(processes);
        foreach (var process in processes)
        {
            if (reader.TryRead(process, "environ"u8, out var environment) && environment.IndexOf(wanted) >= 0)
                Syscall.Kill(process);
        }
    }
}
