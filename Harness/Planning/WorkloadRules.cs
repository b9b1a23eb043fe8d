using C10k.CommandLine;
using C10k.Contract;
using C10k.Conversations;

namespace C10k.Harness.Planning;

/// <summary>What of a workload does not go together. The load generator has the same rules; here they are named before anything starts.</summary>
internal static class WorkloadRules
{
    private static readonly (Func<Workload, bool> Breaks, string Rule)[] s_rules =
    [
        (
            w => w is { IsOpen: true, Think: not null },
            "a rate and think do not go together: a schedule waits for nobody to think"
        ),
        (
            w => w is { IsPoisson: true, IsOpen: false },
            "arrivals needs rate or rate_of_echo: in a closed loop requests follow replies"
        ),
        (
            w => w is { Pipeline: > 1, Think: not null },
            "pipeline and think do not go together: who waits for a reply has one request under way"
        ),
        (w => w is { SlowReaders: not null, ReadRate: 0 }, "slow_readers needs read_rate: how slowly they read"),
        (
            w => w is { ReadRate: > 0, Conversation: "sink" },
            "read_rate has nothing to read from conversation sink: try bulk"
        ),
        (w => w is { Commanders: not null, Command: null }, "commanders needs command: what they order"),
        (w => w.Command is not null && w.Conversation != "echo", "command goes with conversation echo"),
        (w => w is { Command: not null, Pipeline: > 1 }, "command and pipeline do not go together"),
    ];

    /// <summary>The workload, where nothing contradicts.</summary>
    /// <param name="where">What is to blame: a workload's name, or a file's.</param>
    /// <exception cref="UsageException">Something does.</exception>
    public static Workload Check(Workload workload, string where)
    {
        foreach (var (breaks, rule) in s_rules)
        {
            if (breaks(workload))
                throw new UsageException($"{where}: {rule}");
        }
        return workload;
    }

    /// <summary>Refuses messages that are longer than what is said allows.</summary>
    /// <param name="ofRun">Their length in bytes where the workload says none.</param>
    /// <exception cref="UsageException">They are.</exception>
    public static void CheckSize(Workload workload, int ofRun)
    {
        var asked = workload.Size is { } own ? MessageSizes.TryParse(own)!.Longest : ofRun;
        var longest = ConversationCatalogue.LongestMessage(workload.Conversation);
        if (asked > longest)
            throw new UsageException(
                $"workload '{workload.Id}': conversation {workload.Conversation} takes up to {longest:N0} bytes a message, not {asked:N0}: lower {(workload.Size is null ? "--size" : "field 'size'")}"
            );
    }
}
