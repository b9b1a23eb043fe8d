using System.Text;
using C10k.Contract;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Latency;
using C10k.Tests.Support;

namespace C10k.Tests.Fuzz;

/// <summary>Good inputs of every kind.</summary>
internal static class Examples
{
    public static readonly string[] Runs =
    [
        "run --models epoll-level,prefork:workers=8 --clients 100,1000 --rounds 2 --windows 3 --window 1s --warmup 500ms",
        "run --models * --profile smoke --size 64 --seed 7 --baseline poll --server-cpus 0",
        "run --workload echo --models processes,poll --output somewhere",
    ];

    public static readonly string[] OtherCommands =
    [
        "list models",
        "doctor",
        "compare A B --fail-on 5% --by p99 --threshold 2% --format csv",
        "duel poll select --within 2% --budget 5m --clients 10",
        "report results/latest",
        "--resume results/latest",
        "soak --models epoll-level,prefork --clients 10 --for 2m --requests-per-connection 5",
        "capacity poll prefork:workers=8 --slo 5ms --clients 100 --repeats 1 --workload wait --window 500ms",
        "check name=mine,cmd=./mine_{port}",
        "latencies --quick --output somewhere",
        "agent-keys keys",
        "completion bash",
    ];

    public static readonly string[] Servings =
    [
        "epoll-level --port 0 --conversation http --backlog 128",
        "prefork:workers=8 --wait 5ms --allow-faults",
        "thread-per-connection:stack=64k --cpu 50us --crank",
    ];

    public static readonly string[] AgentOrders =
    [
        """{"arguments":["epoll-level","--port","0"],"cpus":"0","environment":{"C10K_SELF_REPORT":"c10k-1"}}""",
        """{"arguments":["prefork:workers=8","--conversation","hello"],"cpus":"0","environment":{}}""",
    ];

    public static readonly string[] AgentEvents =
    [
        """{"type":"started","id":"a","pid":7}""",
        """{"type":"line","text":"READY 127.0.0.1:5000"}""",
        """{"type":"note","text":"server: ended"}""",
        """{"type":"beat"}""",
        """{"type":"exited","code":3}""",
    ];

    public static readonly string[] Loads =
    [
        "--target 127.0.0.1:5000 --clients 1000 --rate 20000 --arrivals poisson --duration 1s",
        "--target 127.0.0.1:5000 --clients 10 --active 5 --think exp:50ms --size uniform:1-100 --json",
        "--target 127.0.0.1:8080 --conversation http --requests-per-connection 1 --connect-rate 10 --threads 2",
        "--control --target 127.0.0.1:5000 --conversation bulk --size 1m --read-rate 100k --pipeline 4 --drain 1s",
    ];

    public static readonly string[] References =
    [
        "epoll-level,poll",
        "prefork:workers=8,hybrid:listener=reuseport",
        "epoll-*,processes",
    ];

    public static readonly string[] Orders =
    [
        LoadMessages.ToLine(new ConnectOrder()),
        LoadMessages.ToLine(new GreetOrder()),
        LoadMessages.ToLine(new WarmUpOrder(1.5)),
        LoadMessages.ToLine(new MeasureOrder(30, 0.1)),
        LoadMessages.ToLine(new StopOrder()),
    ];

    public static readonly string[] Answers =
    [
        LoadMessages.ToLine(new ConnectedAnswer(10, 9, 0.5, new(1, 2, 3, 4, 5, 2), new LoadErrors { Refused = 1 })),
        LoadMessages.ToLine(new GreetedAnswer(10, 0.1)),
        LoadMessages.ToLine(new BorderAnswer()),
        LoadMessages.ToLine(
            new WindowAnswer(Trial.Windows[0].Report, HistogramEncoding.EncodeBase64(Trial.Windows[0].Latency))
        ),
        LoadMessages.ToLine(new StoppedAnswer(new LoadErrors())),
    ];

    public static readonly string[] Journal = [JournalEntry.Of(Trial).ToLine()];

    public static readonly string Windows = Csv([.. Trial.Windows.Select(window => WindowRows.Of(Trial, window))]);

    public static readonly string[] Workloads =
    [
        """{"id": "mine", "summary": "what I do", "based_on": "echo", "size": "16k"}""",
        """{"question": "how fast?", "conversation": "http", "pipeline": 4}""",
    ];

    public static readonly string[] ServerFiles =
    [
        """
            {
              "name": "mine-2.0", "summary": "Does it.", "command": ["node", "server.js", "{port}", "{backlog}"],
              "environment": { "WORKERS": "{workers}" }, "files": { "mine.conf": "mine.conf.in" },
              "ready": { "stderr": "listening" }, "ready_within": "1.5s", "stop": "SIGQUIT", "conversations": ["http", "echo"]
            }
            """,
        """
            {
              "name": "another", "summary": "Does more.", "command": ["./another", "{contract}"],
              "requires": ["node", { "name": "Twisted", "check": ["python3", "-c", "import twisted"], "install": "pip" }],
              "build": { "command": ["make"], "output": "mine" }, "serves_at_once": 7, "uses_cpus": "cpus", "processes": "1+cpus",
              "threads": "1+2*clients", "tasks_per_client": 1, "busy_waits": true
            }
            """,
    ];

    public static readonly string[] ServerTexts =
    [
        "name=mine,ready=stdout:listening,stop=SIGINT,conversations=echo+http,cmd=sh -c 'exec ./mine {port}'",
        "name=other,cmd=sh {port}",
    ];

    public static readonly string[] Environments =
    [
        """{"arguments": ["--models", "poll"], "seed": 7, "bench_version": "0.1.0", "commit": null, "started_utc": "2026-01-31T12:00:00Z", "lengths": {"rounds": 1}}""",
        """{"arguments": ["--models", "poll"], "seed": 7, "bench_version": "0.1.0", "commit": null, "server_cpus": "0", "load_cpus": "1", "file_hashes": {"mine.json": "00"}, "agents": [{"address": "https://a:1", "facts": {"program": "Servers", "host": "a", "machine_id": "b"}}], "agent_options": ["--server-agent", "https://a:1"]}""",
    ];

    public static readonly string[] Talks =
    [
        "hello",
        "1000\n",
        "a line\nanother\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde",
    ];

    private static C10k.Harness.Trials.TrialResult Trial => Rounds.Measured(Planned.Case(), 1, 100, 50, 60);

    public static string Csv<T>(params T[] rows)
    {
        var stream = new MemoryStream();
        RowExporter.WriteHeader<T>(stream);
        RowExporter.WriteRows(rows, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
