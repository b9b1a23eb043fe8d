using C10k.Contract;
using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Harness.Trials;

/// <summary>How a warm-up went.</summary>
internal sealed record WarmedUp(WarmUpEnd End, double Seconds);

/// <summary>
/// Load before the first window: it goes on until throughput, seen in short slices, is steady, or until its time is over. What was
/// measured in it is no figure.
/// </summary>
internal sealed class WarmUp(ILoad load, TimeSpan limit)
{
    private const int Slices = 20;
    private const int SlicesAnOrder = 5;
    private static readonly TimeSpan LongestSlice = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ShortestSlice = TimeSpan.FromMilliseconds(10);

    private readonly List<double> _rates = [];
    private double _seconds;

    /// <exception cref="TrialException">The load generator fails.</exception>
    public WarmedUp Run()
    {
        load.Order<WarmAnswer>(new WarmUpOrder(0), TimeSpan.Zero);
        if (limit == TimeSpan.Zero)
            return new WarmedUp(WarmUpEnd.None, 0);
        var slice = limit / Slices;
        slice = slice > LongestSlice ? LongestSlice : slice;
        slice = slice < ShortestSlice ? ShortestSlice : slice;
        for (var left = (int)Math.Round(limit / slice); left > 0; left -= SlicesAnOrder)
        {
            if (Steadiness.IsSteady(_rates))
                return new WarmedUp(WarmUpEnd.Steady, _seconds);
            Measure(Math.Min(left, SlicesAnOrder), slice);
        }
        return new WarmedUp(Steadiness.IsSteady(_rates) ? WarmUpEnd.Steady : WarmUpEnd.Limit, _seconds);
    }

    private void Measure(int slices, TimeSpan slice)
    {
        load.Order<BorderAnswer>(new MeasureOrder(slices, slice.TotalSeconds), TimeSpan.Zero);
        for (var i = 0; i < slices; i++)
        {
            var report = load.Receive<WindowAnswer>(slice).Report;
            _rates.Add(report.ThroughputRps);
            _seconds += report.Seconds;
        }
    }
}
