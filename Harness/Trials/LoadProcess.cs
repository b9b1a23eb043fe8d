using C10k.Contract;
using C10k.Nodes;
using C10k.Nodes.Processes;

namespace C10k.Harness.Trials;

/// <summary>One load generator under control: takes an order, and says what is wrong when no answer comes. Disposing ends it.</summary>
internal sealed class LoadProcess(IChildProcess process) : IDisposable
{
    /// <summary>What an answer may take longer than what was asked for takes.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    /// <summary>The same of one that is halted: it will hardly go on.</summary>
    private static readonly TimeSpan HaltedSlack = TimeSpan.FromSeconds(5);

    /// <summary>Gives an order; the answer is to be received.</summary>
    public void Give(LoadOrder order) => process.WriteLine(LoadMessages.ToLine(order));

    /// <summary>Waits for the next answer.</summary>
    /// <exception cref="NodeException">None came in time, or it ended, or answered something else.</exception>
    public TAnswer Receive<TAnswer>(TimeSpan duration, CancellationToken stop)
        where TAnswer : LoadAnswer
    {
        try
        {
            var line = ReadLine(duration, stop) ?? throw Ended();
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

    /// <summary>Waits for it to end by itself.</summary>
    public void WaitForExit(TimeSpan timeout) => process.WaitForExit(timeout);

    /// <summary>Asks it to end, whatever it does (SIGTERM).</summary>
    public void Stop(TimeSpan grace) => process.Stop(grace);

    /// <summary>Ends it.</summary>
    public void Dispose() => process.Dispose();

    private string? ReadLine(TimeSpan duration, CancellationToken stop)
    {
        try
        {
            return process.ReadLine(duration + HaltedSlack, stop);
        }
        catch (TimeoutException) when (process.IsHalted)
        {
            throw new TrialException("the load generator was halted (SIGSTOP) under load, and did not go on");
        }
        catch (TimeoutException)
        {
            return process.ReadLine(Slack - HaltedSlack, stop);
        }
    }

    private TrialException Ended()
    {
        process.WaitForExit(TimeSpan.FromSeconds(1));
        return new TrialException($"the load generator {process.Fate}; see bench.log") { ExitCode = process.ExitCode };
    }
}
