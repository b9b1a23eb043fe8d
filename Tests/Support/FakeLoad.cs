using C10k.Contract;
using C10k.Latency;

namespace C10k.Tests.Support;

/// <summary>A load generator that answers every order at once, with figures that can be foretold.</summary>
internal sealed class FakeLoad : FakeChild
{
    private const int Slices = 10;

    private readonly int _clients;
    private readonly FakeClock _clock;
    private readonly Action<string> _tell;

    public FakeLoad(int id, int clients, FakeClock clock, Action<string> tell)
        : base(id, "load", tell)
    {
        (_clients, _clock, _tell) = (clients, clock, tell);
        (Connected, Served) = (clients, clients);
    }

    /// <summary>Answers one order in another way than usual, and returns true; or returns false.</summary>
    public Func<FakeLoad, LoadOrder, bool> Instead { get; set; } = (_, _) => false;

    /// <summary>How many of the clients could connect.</summary>
    public int Connected { get; set; }

    /// <summary>How many of the clients get replies.</summary>
    public int Served { get; set; }

    /// <summary>How many requests each served client completes in each window; the window's number counts from 0.</summary>
    public Func<int, int> RequestsOfClient { get; set; } = window => 10 + window;

    /// <summary>The share of its CPU that it used.</summary>
    public double Utilization { get; set; } = 0.5;

    public LoadErrors Errors { get; set; } = new();

    /// <summary>How many requests have no reply when the load ends.</summary>
    public long Unanswered { get; set; }

    public override void WriteLine(string line)
    {
        var order = LoadMessages.ParseOrder(line);
        _tell($"load is ordered {order.GetType().Name}");
        if (!Instead(this, order))
            Obey(order);
    }

    public void Answer(LoadAnswer answer) => Print(LoadMessages.ToLine(answer));

    public void Obey(LoadOrder order)
    {
        switch (order)
        {
            case ConnectOrder:
                Answer(new ConnectedAnswer(_clients, Connected, 0.25, ConnectLatency, ConnectErrors));
                break;
            case GreetOrder:
                Answer(new GreetedAnswer(Served, 0.5));
                break;
            case WarmUpOrder:
                Answer(new WarmAnswer());
                break;
            case MeasureOrder measure:
                Answer(new BorderAnswer());
                for (var slice = 0; slice < measure.Windows; slice++)
                    Answer(Slice(slice, measure.Seconds));
                break;
            case StopOrder:
                Answer(new StoppedAnswer(Errors + ConnectErrors) { Unanswered = Unanswered });
                Exit(0);
                break;
        }
    }

    /// <summary>A window in one piece.</summary>
    public WindowAnswer Window(int window, double seconds) => Answer(seconds, RequestsOf(window));

    // The requests of a window are dealt out to its ten slices, so that all of them together are the window.
    private WindowAnswer Slice(int slice, double seconds) =>
        Answer(seconds, RequestsOf(slice / Slices).Where(request => request % Slices == slice % Slices));

    private IEnumerable<int> RequestsOf(int window) => Enumerable.Range(0, Served * RequestsOfClient(window));

    private WindowAnswer Answer(double seconds, IEnumerable<int> requests)
    {
        var latency = new LatencyHistogram();
        foreach (var request in requests)
            latency.Record(100_000 + 1_000 * (request % 100));
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        var report = new LoadReport
        {
            Clients = _clients,
            Connected = Connected,
            Alive = Connected,
            Served = Served,
            ConnectSeconds = 0.25,
            Requests = latency.TotalCount,
            Seconds = seconds,
            LatencyUs = LatencySummary.Of(latency),
            Errors = Errors,
            Fairness = Served == 0 ? 0 : (double)Served / _clients,
            CpuUsPerRequest = latency.TotalCount == 0 ? 0 : Utilization * seconds * 1e6 / latency.TotalCount,
            CpuUtilization = Utilization,
        };
        return new WindowAnswer(report, HistogramEncoding.EncodeBase64(latency));
    }

    private static LatencySummary ConnectLatency => new(50, 80, 1_500, 2_000, 2_500, 100);

    private LoadErrors ConnectErrors => new() { Refused = _clients - Connected };
}
