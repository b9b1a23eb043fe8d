namespace C10k.Harness.Planning;

/// <summary>The workloads that come with the bench. docs/workloads.md shows a run of each.</summary>
internal static class WorkloadCatalogue
{
    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("echo", "all clients ask, get an answer, ask again", "the raw cost of a request"),
        new(
            "idle",
            "a hundred clients ask, all others only stay connected",
            "what an idle connection costs: CPU time per call, memory per client"
        )
        {
            Active = new Portion(100, IsShare: false),
            Charts = ["cpu", "throughput", "memory"],
        },
        new(
            "chat",
            "each client sends after its last answer and a random time, 50 ms on average (exponential)",
            "the C10k situation proper: many, slow, open clients"
        )
        {
            Think = new Think(TimeSpan.FromMilliseconds(50), IsRandom: true),
            Charts = ["p99", "cpu", "throughput"],
        },
        new(
            "wait",
            "each request waits 5 ms in the application, as for a database",
            "what blocking costs, and when a bounded pool chokes"
        )
        {
            Wait = TimeSpan.FromMilliseconds(5),
            Charts = ["throughput", "threads", "p99"],
        },
        new(
            "cpu",
            "each request computes 50 µs in the application",
            "when I/O no longer matters, and whether processes and threads use the cores"
        )
        {
            Cpu = TimeSpan.FromMicroseconds(50),
            Charts = ["throughput", "cpu", "p99"],
        },
        new(
            "hog",
            "one client in a thousand asks for 50 ms of computing, and is not counted",
            "how long the innocent wait: cooperative against preemptive"
        )
        {
            Command = "cpu=50ms",
            Commanders = new Portion(0.001, IsShare: true),
            Charts = ["p99", "throughput"],
        },
        new("churn", "a new connection for each request", "accepting, and starting threads and processes")
        {
            RequestsPerConnection = 1,
            Charts = ["throughput", "cpu", "context-switches"],
        },
        new(
            "bulk",
            "downloads of 1 MiB, one reader in ten takes 1 MiB a second",
            "throughput in bytes, back-pressure, memory"
        )
        {
            Conversation = "bulk",
            Size = "1m",
            ReadRate = 1 << 20,
            SlowReaders = new Portion(0.1, IsShare: true),
            // So that everybody has a mebibyte or several, at 1 GB a second.
            WindowPerClient = TimeSpan.FromMilliseconds(1),
            Charts = ["goodput", "memory", "cpu"],
        },
        new("hello", "a handshake, then echo", "per-connection state") { Conversation = "hello" },
        new("http", "GET over connections that stay open", "what compares with wrk and with real web servers")
        {
            Conversation = "http",
            Charts = ["throughput", "cpu", "p99"],
        },
        new(
            "surge",
            "all clients connect at once, then ask as in echo",
            "the accept path: connects that are refused, dropped, or take 1 s and 3 s"
        )
        {
            ConnectAtOnce = true,
            Charts = ["connect", "throughput"],
        },
        new(
            "poison",
            "after the first window one message makes its handler crash; its figures are of the windows before and after it together",
            "the blast radius: how many other clients lose their connection, and how long until the server is whole again"
        )
        {
            Command = "die",
            Charts = ["lost"],
        },
        new(
            "rate",
            "an open loop at half of what the same server answers without one",
            "the latency at a load that users really run"
        )
        {
            RateShare = 0.5,
            IsPoisson = true,
            Charts = ["p99", "cpu", "throughput"],
        },
    ];

    /// <summary>What <c>--workload all</c> stands for: all of them, and some in a second form.</summary>
    public static IReadOnlyList<string> Everything { get; } =
    [.. All.Select(workload => workload.Id), "idle:active=10%", "chat:think=exp:500ms", "rate:rate_of_echo=80%"];
}
