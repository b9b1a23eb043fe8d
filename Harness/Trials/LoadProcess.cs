using C10k.Contract;

namespace C10k.Harness.Trials;

/// <summary>The load generator under control: gives an order, waits for its answer, and says what is wrong when none comes.</summary>
internal sealed class LoadProcess(IChildProcess process, CancellationToken stop)
{
    /// <summary>What an answer may take longer than what was asked for takes.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    /// <exception cref="TrialException">No answer came in time, or it ended, or answered something else.</exception>
    public TAnswer Order<TAnswer>(LoadOrder order, TimeSpan duration)
        where TAnswer : LoadAnswer
    {
        process.WriteLine(LoadMessages.ToLine(order));
        return Receive<TAnswer>(duration);
    }

    /// <summary>Waits for one more answer.</summary>
    public TAnswer Receive<TAnswer>(TimeSpan duration)
        where TAnswer : LoadAnswer
    {
        try
        {
            var line = process.ReadLine(duration + Slack, stop) ?? throw Ended();
            return LoadMessages.ParseAnswer(line) as TAnswer
                ?? throw new TrialException($"the load generator answered out of turn: {typeof(TAnswer).Name} was due");
        }
        catch (TimeoutException)
        {
            throw new TrialException($"the load generator gave no answer within {(duration + Slack).TotalSeconds:0} s");
        }
        catch (FormatException wrong)
        {
            throw new TrialException($"the load generator: {wrong.Message}");
        }
    }

    private TrialException Ended()
    {
        process.WaitForExit(TimeSpan.FromSeconds(1));
        return new TrialException($"the load generator ended with exit code {process.ExitCode}; see bench.log")
        {
            ExitCode = process.ExitCode,
        };
    }
}
