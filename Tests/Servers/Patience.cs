using System.Diagnostics;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Bounded waiting: generous, because a loaded machine is slow and not wrong, and with an end, because a hanging test tells nothing.</summary>
internal static class Patience
{
    /// <summary>How long any single wait may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>The work's result; a failure that names the work when it is not done within the limit.</summary>
    public static async Task<T> Within<T>(string work, Func<CancellationToken, Task<T>> begin)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            return await begin(limit.Token);
        }
        catch (OperationCanceledException tooLate) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"{work}: not done after {Limit.TotalSeconds} s", tooLate);
        }
    }

    /// <summary>Asks again and again until the condition holds.</summary>
    /// <param name="describe">Tells what was found instead, for the failure.</param>
    public static async Task Until(string state, Func<bool> condition, Func<string> describe)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > Limit)
                Assert.Fail($"{state}: not so after {Limit.TotalSeconds} s, but {describe()}");
            await Task.Delay(PollInterval);
        }
    }
}
