using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Conversations;
using C10k.LoadGen.Arrivals;
using C10k.LoadGen.Sides;

namespace C10k.LoadGen.Modes;

/// <summary>The options that say what load to make; the same alone and under control.</summary>
internal static class LoadArguments
{
    private static readonly Option<IPEndPoint> Target = new("--target")
    {
        Description = "The server: address:port.",
        Required = true,
        CustomParser = ParseTarget,
    };
    private static readonly Option<int> Clients = OptionOf.Count(
        "--clients",
        "How many connections.",
        100,
        1,
        Bounds.MostClients
    );
    private static readonly Option<int> Threads = OptionOf.Count(
        "--threads",
        "How many threads share the connections.",
        Environment.ProcessorCount,
        1,
        1024
    );
    private static readonly Option<string> Conversation = WithAlias(
        OptionOf.Choice("--conversation", "What is said over a connection.", "echo", ClientSides.Ids),
        "--workload"
    );
    private static readonly Option<MessageSizes> Size = new("--size")
    {
        Description =
            "The length of each message (bulk: reply): 64, uniform:16-1024, or 64*9,4096*1 (nine of ten are 64).",
        DefaultValueFactory = _ => MessageSizes.Fixed(64),
        CustomParser = result =>
            MessageSizes.TryParse(OptionOf.Word(result))
            ?? OptionOf.Refuse<MessageSizes>(
                result,
                "--size",
                "takes sizes from 1 byte on, such as 64, 16k, uniform:16-1024 or 64*9,4096*1"
            ),
    };
    private static readonly Option<Pace?> Think = new("--think")
    {
        Description =
            "Closed loop: how long a client thinks between a reply and its next request: 50ms, or exp:50ms on average.",
        CustomParser = ParseThink,
    };
    private static readonly Option<double?> Rate = OptionOf.OptionalRate(
        "--rate",
        "Open loop: requests per second of all clients together, whether the server keeps up or not."
    );
    private static readonly Option<string> Arrivals = OptionOf.Choice(
        "--arrivals",
        "How the requests of an open loop follow each other.",
        "constant",
        ["constant", "poisson"]
    );
    private static readonly Option<int?> Active = OptionOf.OptionalCount(
        "--active",
        "How many of the clients ask; the others only stay connected.",
        1,
        Bounds.MostClients
    );
    private static readonly Option<int> Pipeline = OptionOf.Count(
        "--pipeline",
        "How many requests a client may have under way at once.",
        1,
        1,
        1024
    );
    private static readonly Option<int?> RequestsPerConnection = OptionOf.OptionalCount(
        "--requests-per-connection",
        "After how many requests a client takes a new connection.",
        1,
        int.MaxValue
    );
    private static readonly Option<int?> ConnectRate = OptionOf.OptionalCount(
        "--connect-rate",
        "How many connects begin in a second at first; otherwise as fast as it goes.",
        1,
        10_000_000
    );
    private static readonly Option<long?> ReadRate = new("--read-rate")
    {
        Description = "Slow readers: how many bytes a second each client reads, such as 10k.",
        CustomParser = result =>
            Quantities.TryParseSize(OptionOf.Word(result), out var rate) && rate >= 1
                ? rate
                : OptionOf.Refuse<long?>(
                    result,
                    "--read-rate",
                    "takes a number of bytes per second, such as 500 or 10k"
                ),
    };
    private static readonly Option<int?> SlowReaders = OptionOf.OptionalCount(
        "--slow-readers",
        "How many of the clients read at --read-rate; all by default.",
        1,
        Bounds.MostClients
    );
    private static readonly Option<string?> Command = new("--command")
    {
        Description =
            "What messages order a server to do that was started with --allow-faults: cpu=50ms computes, die crashes.",
        CustomParser = result =>
            Commands.IsKnown(OptionOf.Word(result))
                ? OptionOf.Word(result)
                : OptionOf.Refuse<string?>(
                    result,
                    "--command",
                    $"takes die, or cpu= with up to {Commands.MostCpu.TotalSeconds:0}s, such as cpu=50ms"
                ),
    };
    private static readonly Option<int?> Commanders = OptionOf.OptionalCount(
        "--commanders",
        "How many of the clients give the command, with every message; their requests are not counted.",
        1,
        Bounds.MostClients
    );
    private static readonly Option<bool> ConnectAtOnce = new("--connect-at-once")
    {
        Description = "Begin all connects at once, instead of a bounded number at a time.",
    };
    private static readonly Option<TimeSpan> ConnectTimeout = OptionOf.Duration(
        "--connect-timeout",
        "How long a connect may take.",
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMilliseconds(1)
    );
    private static readonly Option<TimeSpan> Drain = OptionOf.Duration(
        "--drain",
        "How long the end waits for replies that are still to come.",
        TimeSpan.FromSeconds(1),
        TimeSpan.Zero
    );

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IEnumerable<Option> All =>
        [
            Target,
            Clients,
            Threads,
            Conversation,
            Size,
            Think,
            Rate,
            Arrivals,
            Active,
            Pipeline,
            RequestsPerConnection,
            ConnectRate,
            ConnectAtOnce,
            ReadRate,
            SlowReaders,
            Command,
            Commanders,
            ConnectTimeout,
            Drain,
        ];

    /// <summary>What was asked for.</summary>
    /// <exception cref="UsageException">The options do not go together, or ask for more than this machine allows.</exception>
    public static LoadOptions Read(ParseResult parsed) =>
        LoadRules.Check(
            new LoadOptions(parsed.GetRequiredValue(Target), parsed.GetValue(Clients))
            {
                Threads = parsed.GetValue(Threads),
                Conversation = parsed.GetValue(Conversation)!,
                Sizes = parsed.GetValue(Size)!,
                Pace = ReadPace(parsed),
                Active = parsed.GetValue(Active),
                Pipeline = parsed.GetValue(Pipeline),
                RequestsPerConnection = parsed.GetValue(RequestsPerConnection) ?? 0,
                ConnectRate = parsed.GetValue(ConnectRate) ?? 0,
                ConnectAtOnce = parsed.GetValue(ConnectAtOnce),
                ReadRate = parsed.GetValue(ReadRate) ?? 0,
                SlowReaders = parsed.GetValue(SlowReaders),
                Command = parsed.GetValue(Command),
                Commanders = parsed.GetValue(Commanders) ?? 0,
                ConnectTimeout = parsed.GetValue(ConnectTimeout),
                Drain = parsed.GetValue(Drain),
            }
        );

    /// <summary>Refuses a size where messages have none.</summary>
    /// <exception cref="UsageException">A size is given that changes nothing.</exception>
    public static void CheckSizeSaysSomething(ParseResult parsed)
    {
        var conversation = parsed.GetValue(Conversation)!;
        if (!ClientSides.HasSizes(conversation) && parsed.GetResult(Size) is { Implicit: false })
            throw new UsageException($"--size says nothing with --conversation {conversation}: leave it out");
    }

    private static Pace ReadPace(ParseResult parsed)
    {
        var rate = parsed.GetValue(Rate);
        var think = parsed.GetValue(Think);
        if (rate is not null && think is not null)
            throw new UsageException("--rate and --think do not go together: a schedule waits for nobody to think");
        if (rate is null && parsed.GetResult(Arrivals) is { Implicit: false })
            throw new UsageException("--arrivals needs --rate: in a closed loop requests follow replies");
        return rate is null ? think ?? Pace.AtOnce : Pace.Scheduled(rate.Value, parsed.GetValue(Arrivals) == "poisson");
    }

    private static Option<T> WithAlias<T>(Option<T> option, string alias)
    {
        option.Aliases.Add(alias);
        return option;
    }

    private static Pace? ParseThink(ArgumentResult result)
    {
        const string Exponential = "exp:";
        var word = OptionOf.Word(result);
        var isRandom = word.StartsWith(Exponential, StringComparison.Ordinal);
        return
            Quantities.TryParseDuration(isRandom ? word[Exponential.Length..] : word, out var time)
            && time > TimeSpan.Zero
            ? Pace.Think(time, isRandom)
            : OptionOf.Refuse<Pace>(
                result,
                "--think",
                "takes a duration above 0 with its unit, such as 50ms or exp:50ms"
            );
    }

    private static IPEndPoint? ParseTarget(ArgumentResult result)
    {
        var word = OptionOf.Word(result);
        var split = word.LastIndexOf(':');
        if (split <= 0 || !ushort.TryParse(word.AsSpan(split + 1), out var port) || port == 0)
            return OptionOf.Refuse<IPEndPoint>(result, "--target", "takes address:port, such as 127.0.0.1:5000");
        return FindAddress(word[..split]) is { } address
            ? new IPEndPoint(address, port)
            : OptionOf.Refuse<IPEndPoint>(result, "--target", "takes a host that has an IPv4 address");
    }

    private static IPAddress? FindAddress(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork).FirstOrDefault();
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return null;
        }
    }
}
