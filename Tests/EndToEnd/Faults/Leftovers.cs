using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>What a run must leave, whatever happened to it, and what it must not.</summary>
internal static partial class Leftovers
{
    /// <summary>Every process that the log names is gone, and whatever else was seen; the servers' ports are free.</summary>
    public static async Task None(IEnumerable<string> log, params IEnumerable<int> seen)
    {
        var lines = log.ToList();
        var processes = lines.Select(ProcessIn).OfType<int>().Concat(seen).ToHashSet();
        await Patience.Until(
            "every process is gone",
            () => !processes.Any(ProcessTree.IsAlive),
            () => string.Join(' ', processes.Where(ProcessTree.IsAlive))
        );
        // A process whose first thread has ended may have others that still close what it had open.
        foreach (var port in lines.Select(PortIn).OfType<int>().Distinct())
            await Patience.Until($"port {port} is free", () => IsFree(port), () => "somebody listens there");
    }

    /// <summary>No file of results ends in half a record or cannot be read, and none that was to replace another is left.</summary>
    public static void AreWhole(string folder)
    {
        HoldWholeRecords(folder);
        Assert.Empty(Directory.GetFiles(folder, "*.new", SearchOption.AllDirectories));
    }

    /// <summary>
    /// The files of a run of one round that was killed at any moment, before anybody mends them: each is whole, and what the journal has
    /// they have too, but for the one trial that was being recorded.
    /// </summary>
    /// <returns>How many cases are finished.</returns>
    public static int HoldAllThatWasRecorded(string folder)
    {
        HoldWholeRecords(folder);
        var trials = File.ReadAllText(Path.Combine(folder, "trials.jsonl"));
        Assert.EndsWith("\n", trials, StringComparison.Ordinal);
        var recorded = trials.Count(letter => letter == '\n');
        var rows = Read<SummaryRow>(Path.Combine(folder, "summary.csv"));
        Assert.InRange(rows.Count, recorded - 1, recorded);
        // The row of a case is written last. Then the others stand, and may be those of one more.
        var windows = Read<WindowRow>(Path.Combine(folder, "windows.csv")).Select(row => row.Clients).Distinct();
        Assert.Equal(rows.Select(row => row.Clients), windows.Take(rows.Count));
        Assert.InRange(windows.Count(), rows.Count, recorded);
        var latencies = Read<LatencyRow>(Path.Combine(folder, "latency.csv")).Select(row => row.Clients).Distinct();
        Assert.Equal(rows.Select(row => row.Clients), latencies.Take(rows.Count));
        Assert.InRange(Directory.GetFiles(Path.Combine(folder, "raw"), "*.hgrm").Length, rows.Count, recorded);
        return rows.Count;
    }

    /// <summary>This process, in which the run was, has none of its files open any more, and no connection to its servers.</summary>
    public static async Task NoDescriptors(string folder, IEnumerable<string> log)
    {
        var ports = log.Select(PortIn).OfType<int>().ToHashSet();
        // A socket that nobody refers to is closed by the collector.
        await Patience.Until("its descriptors are closed", () => !Open().Any(), () => string.Join(' ', Open()));

        IEnumerable<string> Open() =>
            OwnDescriptors
                .Files()
                .Where(file => file.StartsWith(folder, StringComparison.Ordinal))
                .Concat(OwnDescriptors.ConnectionsTo(ports));
    }

    /// <summary>The rows of a file; none where there is no file.</summary>
    public static IReadOnlyList<T> Read<T>(string file) => File.Exists(file) ? CsvFile.Read<T>(file) : [];

    private static void HoldWholeRecords(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.csv"))
        {
            var content = File.ReadAllBytes(file);
            Assert.Equal(content.Length, CsvFile.CompleteLength(content));
        }
        Read<SummaryRow>(Path.Combine(folder, "summary.csv"));
        Read<WindowRow>(Path.Combine(folder, "windows.csv"));
        Read<SampleRow>(Path.Combine(folder, "samples.csv"));
        Read<LatencyRow>(Path.Combine(folder, "latency.csv"));
    }

    // A port can be bound again only when the kernel has forgotten the last connections there; that nobody listens any more, it tells at once.
    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
    }

    private static int? ProcessIn(string line) => NumberOf(Started().Match(line));

    // The load generator's command line names the port of its server.
    private static int? PortIn(string line) => NumberOf(Target().Match(line));

    private static int? NumberOf(Match match) =>
        match.Success ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(
        " (server|load): pid (?<number>[0-9]+) ",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Started();

    [GeneratedRegex(
        "--target 127\\.0\\.0\\.1:(?<number>[0-9]+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Target();
}
