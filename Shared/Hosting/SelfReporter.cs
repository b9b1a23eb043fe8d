using System.Buffers;
using System.Buffers.Text;
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
    private static int s_listener;

    /// <summary>Begins, where the environment asks for it, and goes on for the life of the process.</summary>
    public static void StartIfAsked()
    {
        if (Environment.GetEnvironmentVariable(SelfReport.Variable) is not { Length: > 0 } name)
            return;
        // Processes that this one starts would find the name taken.
        Environment.SetEnvironmentVariable(SelfReport.Variable, null);
        try
        {
            s_listener = Syscall.ListenLocally(name);
            new Thread(AnswerAll, maxStackSize: 128 * 1024) { IsBackground = true, Name = "self-report" }.Start();
        }
        catch (Exception refused) when (refused is SystemCallException or ArgumentException)
        {
            Console.Error.WriteLine($"note: no self-report: {refused.Message}");
        }
    }

    private static void AnswerAll()
    {
        var line = new byte[512];
        while (true)
        {
            var asker = Syscall.Accept(s_listener, nonBlocking: false);
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
        var length = 0;
        Add(line, ref length, "{\"gc_collections\":"u8, GC.CollectionCount(0));
        Add(line, ref length, ",\"gc_pause_ms\":"u8, GC.GetTotalPauseDuration().TotalMilliseconds);
        Add(line, ref length, ",\"allocated_bytes\":"u8, GC.GetTotalAllocatedBytes());
        Add(line, ref length, ",\"thread_pool_threads\":"u8, ThreadPool.ThreadCount);
        Add(line, ref length, ",\"thread_pool_queue\":"u8, ThreadPool.PendingWorkItemCount);
        Add(line, ref length, ",\"context_switches_voluntary\":"u8, switches.Voluntary);
        Add(line, ref length, ",\"context_switches_involuntary\":"u8, switches.Involuntary);
        "}\n"u8.CopyTo(line.AsSpan(length));
        return length + 2;
    }

    private static void Add(byte[] line, ref int length, ReadOnlySpan<byte> name, long value)
    {
        name.CopyTo(line.AsSpan(length));
        length += name.Length;
        Utf8Formatter.TryFormat(value, line.AsSpan(length), out var written);
        length += written;
    }

    private static void Add(byte[] line, ref int length, ReadOnlySpan<byte> name, double value)
    {
        name.CopyTo(line.AsSpan(length));
        length += name.Length;
        Utf8Formatter.TryFormat(value, line.AsSpan(length), out var written, new StandardFormat('F', 3));
        length += written;
    }
}
