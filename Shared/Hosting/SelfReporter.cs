using System.Globalization;
using System.Text.Unicode;
using C10k.Contract;
using C10k.Linux;

namespace C10k.Hosting;

/// <summary>
/// Tells of this process what nobody sees from outside: garbage collections, the thread pool, and the switches of threads that have ended.
/// A thread of its own answers, because the pool's may all be busy, which is what is asked for. It costs nothing while nobody asks, and
/// is written without the libraries that would double the memory of a small server.
/// </summary>
internal static class SelfReporter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Begins, where the environment asks for it, and goes on for the life of the process.</summary>
    public static void StartIfAsked()
    {
        if (Environment.GetEnvironmentVariable(SelfReport.Variable) is not { Length: > 0 } name)
            return;
        // Processes that this one starts would find the name taken.
        Environment.SetEnvironmentVariable(SelfReport.Variable, null);
        try
        {
            var listener = Syscall.ListenLocally(name);
            new Thread(() => AnswerAll(listener), maxStackSize: 128 * 1024)
            {
                IsBackground = true,
                Name = "self-report",
            }.Start();
        }
        catch (Exception refused) when (refused is SystemCallException or ArgumentException)
        {
            Console.Error.WriteLine($"note: no self-report: {refused.Message}");
        }
    }

    private static void AnswerAll(int listener)
    {
        var line = new byte[512];
        while (true)
        {
            var asker = Syscall.Accept(listener, nonBlocking: false);
            if (asker < 0)
            {
                // There is no descriptor left; when somebody leaves there will be.
                Thread.Sleep(Pause);
                continue;
            }
            _ = Syscall.Send(asker, line.AsSpan(0, Tell(line)));
            Syscall.Close(asker);
        }
    }

    private static int Tell(byte[] line)
    {
        var switches = SwitchCounts.OfThisProcess();
        Utf8.TryWrite(
            line,
            CultureInfo.InvariantCulture,
            $"{{\"gc_collections\":{GC.CollectionCount(0)},\"gc_pause_ms\":{GC.GetTotalPauseDuration().TotalMilliseconds},\"allocated_bytes\":{GC.GetTotalAllocatedBytes()},\"thread_pool_threads\":{ThreadPool.ThreadCount},\"thread_pool_queue\":{ThreadPool.PendingWorkItemCount},\"context_switches_voluntary\":{switches.Voluntary},\"context_switches_involuntary\":{switches.Involuntary}}}\n",
            out var length
        );
        return length;
    }
}
