using C10k.CommandLine;
using C10k.Conversations;
using C10k.Linux;
using C10k.LoadGen.Arrivals;

namespace C10k.LoadGen.Modes;

/// <summary>Which options of the load go together, and how much of each.</summary>
internal static class LoadRules
{
    // What the process has open besides its connections. A runtime without descriptors cannot even tell what is wrong.
    private const int OwnDescriptors = 100;

    /// <summary>The same options, where they go together and this machine allows them.</summary>
    /// <exception cref="UsageException">They do not, or it does not.</exception>
    public static LoadOptions Check(LoadOptions options)
    {
        var needed = options.Clients + OwnDescriptors;
        var limit = Syscall.DescriptorLimit().Hard;
        if (needed > limit)
            throw new UsageException(
                $"--clients {options.Clients} needs {needed:N0} descriptors, the limit is {limit:N0}: raise it with ulimit -Hn {needed} as root"
            );
        if (options.Active > options.Clients)
            throw new UsageException($"--active {options.Active} is more than --clients {options.Clients}");
        if (options.SlowReaders > options.Clients)
            throw new UsageException($"--slow-readers {options.SlowReaders} is more than --clients {options.Clients}");
        if (options is { SlowReaders: not null, ReadRate: 0 })
            throw new UsageException("--slow-readers needs --read-rate: how slowly they read");
        CheckCommand(options);
        if (options is { Pipeline: > 1, Pace.Kind: PaceKind.Think })
            throw new UsageException(
                "--pipeline and --think do not go together: who waits for a reply has one request under way"
            );
        if (options is { ReadRate: > 0, Conversation: "sink" })
            throw new UsageException("--read-rate has nothing to read from --conversation sink: try bulk");
        var longest = ConversationCatalogue.LongestMessage(options.Conversation);
        if (options.Sizes.Longest > longest)
            throw new UsageException(
                $"--size takes up to {longest:N0} bytes for --conversation {options.Conversation}, not {options.Sizes.Longest:N0}"
            );
        return options;
    }

    private static void CheckCommand(LoadOptions options)
    {
        if (options is { Commanders: > 0, Command: null })
            throw new UsageException("--commanders needs --command: what they order");
        if (options.Commanders > options.Clients)
            throw new UsageException($"--commanders {options.Commanders} is more than --clients {options.Clients}");
        if (options.Command is null)
            return;
        if (options.Conversation != "echo")
            throw new UsageException($"--command goes with --conversation echo, not {options.Conversation}");
        // A server looks for a command at the beginning of what it receives, and cannot tell where an echo's next message begins.
        if (options.Pipeline > 1)
            throw new UsageException("--command and --pipeline do not go together");
    }
}
