using System.CommandLine;
using C10k.CommandLine;
using C10k.Contract;

namespace C10k.LoadGen.Calibration;

/// <summary>
/// <c>LoadGen calibrate</c>: how much load this machine can make. The server is a null responder in a process of its own, so that what
/// is measured is the load generator and the kernel, and hardly anything else.
/// </summary>
internal static class CalibrateCommand
{
    private const string ResponderName = "respond";

    private static readonly int[] ClientCounts = [100, 1_000, 10_000];
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);

    private static readonly Option<int?> Clients = OptionOf.OptionalCount(
        "--clients",
        "How many clients; otherwise 100, 1,000 and 10,000, as far as descriptors last.",
        1,
        Bounds.MostClients
    );
    private static readonly Option<int> Threads = OptionOf.Count(
        "--threads",
        "How many threads make load.",
        1,
        1,
        1024
    );
    private static readonly Option<int> Size = OptionOf.Size("--size", "The length of each message.", 64, 4096);
    private static readonly Option<TimeSpan> Duration = OptionOf.Duration(
        "--duration",
        "How long to measure each.",
        TimeSpan.FromSeconds(2),
        TimeSpan.FromMilliseconds(100)
    );
    private static readonly Option<int> ResponderThreads = OptionOf.Count("--threads", "How many threads.", 1, 1, 1024);

    public static Command Create()
    {
        var command = new Command("calibrate", "Find out how much load this machine can make at all.")
        {
            Clients,
            Threads,
            Size,
            Duration,
        };
        command.SetAction((parsed, _) => Calibrate(parsed));
        return command;
    }

    /// <summary>The other process; it ends with its stdin.</summary>
    public static Command CreateResponder()
    {
        var command = new Command(ResponderName, "What calibrate measures against.") { ResponderThreads };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            using var responder = new NullResponder(parsed.GetValue(ResponderThreads));
            Console.WriteLine(ReadyLine.Format(responder.EndPoint));
            while (Console.In.Read() >= 0) { }
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> Calibrate(ParseResult parsed)
    {
        var threads = parsed.GetValue(Threads);
        using var responder = new ResponderProcess(ResponderName, "--threads", $"{threads}");
        var target = responder.WaitUntilReady();
        var counts = parsed.GetValue(Clients) is { } one ? [one] : ClientCounts.Where(IsPossible);
        var failed = false;
        Console.WriteLine($"{threads} thread(s) against a null responder on {Environment.ProcessorCount} CPU(s)");
        Console.WriteLine($"{"clients", 9} {"requests/s", 12} {"its CPU", 9} {"µs/request", 11} {"ceiling/s", 12}");
        foreach (var clients in counts)
        {
            var options = new LoadOptions(target, clients)
            {
                Threads = threads,
                Sizes = MessageSizes.Fixed(parsed.GetValue(Size)),
            };
            var report = await Measure(options, parsed.GetValue(Duration));
            failed |= report is not { Errors.Total: 0, Requests: > 0 };
            Console.WriteLine(Row(clients, threads, report));
        }
        return failed ? ExitCode.Failure : ExitCode.Success;
    }

    private static async Task<LoadReport> Measure(LoadOptions options, TimeSpan duration)
    {
        using var load = new LoadRun(options);
        var connected = await load.Connect();
        if (connected.Connected < options.Clients)
            throw new UsageException(
                $"only {connected.Connected:N0} of {options.Clients:N0} clients could connect: {connected.Errors}"
            );
        load.Begin();
        await Task.Delay(WarmUp);
        return load.Measure(1, duration, () => { }).Single().Report;
    }

    // The ceiling is what the CPU time of a request allows; where the responder was full first, more than could be measured.
    private static string Row(int clients, int threads, LoadReport report)
    {
        var cpus = Math.Min(threads, Environment.ProcessorCount);
        var ceiling = report.CpuUsPerRequest > 0 ? cpus * 1e6 / report.CpuUsPerRequest : 0;
        return $"{clients, 9:N0} {report.ThroughputRps, 12:N0} {report.CpuUtilization, 9:P0} {report.CpuUsPerRequest, 11:0.00} {ceiling, 12:N0}";
    }

    private static bool IsPossible(int clients) => clients + 200 <= Linux.Syscall.DescriptorLimit().Hard;
}
